"""Encrypted block storage on the nodes' own disks."""
