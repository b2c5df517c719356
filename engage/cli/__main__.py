"""`python -m engage.cli` is the `engage` command."""

from engage.cli import main

main()
