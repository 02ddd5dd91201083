"""What the foundation in Google Cloud asks for."""
