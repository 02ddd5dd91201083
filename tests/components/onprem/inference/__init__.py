"""Models on the GPU of a Mac."""
