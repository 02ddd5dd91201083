"""What runs on the Mac whose GPU carries the models: it serves them, and says whether it can."""
