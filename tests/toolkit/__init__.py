"""What the toolkit promises."""
