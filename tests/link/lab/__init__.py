"""The laboratory: machines, cables, what Google does between them, and probes that count."""
