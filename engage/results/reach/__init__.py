"""Who has not been reached: answers beside how many people of each group live in the community."""
