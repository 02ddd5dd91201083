"""The tests of the house, in the folders of what they test."""
