"""The rules of the house, as plain functions over a recorded graph."""
