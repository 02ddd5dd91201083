"""The database in the cloud, and who connects to it."""
