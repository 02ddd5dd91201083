"""The databases' own SQL, on real servers."""
