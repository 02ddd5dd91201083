"""What is written down of what happens, and who hears of it."""
