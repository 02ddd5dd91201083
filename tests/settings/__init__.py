"""Settings: what is accepted, and every refusal."""
