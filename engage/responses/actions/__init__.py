"""Changes to what was answered: taking a send, correcting, deleting, forgetting used keys."""
