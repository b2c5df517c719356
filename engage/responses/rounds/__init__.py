"""Rounds as staff see them: prepared, checked, opened, closed, on posters."""
