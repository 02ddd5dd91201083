"""A hospital's own side, and the same on a laptop."""
