"""Tests: the same folders as engage/, the house rules in conventions/, whole ways in journeys/."""
