"""Real PostgreSQL servers on this machine."""
