"""The hospital's database, on paper and on real PostgreSQL servers."""
