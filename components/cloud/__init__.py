"""What Google Cloud runs for the hospital."""
