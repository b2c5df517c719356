"""Forms of the editor: one file for each thing that is edited."""
