"""The command line, run for real on a small program."""
