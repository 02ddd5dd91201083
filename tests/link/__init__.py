"""The link on real tunnels: WireGuard, nftables and systemd in network namespaces of the tests' own."""
