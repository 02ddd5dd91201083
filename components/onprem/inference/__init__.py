"""Models on the GPU of a Mac, published into the cluster beside it."""
