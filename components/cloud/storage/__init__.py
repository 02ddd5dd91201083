"""Where files and container images are kept, for how long, and who reads them."""
