"""Keys, and what is told to few."""
