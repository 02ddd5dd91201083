"""The recorder keeps what a program asks for, as the engine would have it."""
