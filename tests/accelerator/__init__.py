"""What runs on the Mac of the models."""
