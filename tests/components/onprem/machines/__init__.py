"""What is put on the machines of a hospital."""
