"""What turns a bare Mac or a Linux machine into a node that k3s can be put on."""
