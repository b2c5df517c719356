"""Measures Engage against limits of the same machine, in the same run: ratios, never lone times."""
