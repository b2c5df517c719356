"""Changes to accounts, to sessions and to the second factor."""
