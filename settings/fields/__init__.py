"""The kinds of value that a stack file is written with, each with a message for the tired."""
