"""What files of statistics programs have in common, and how each of them lays out its bytes."""
