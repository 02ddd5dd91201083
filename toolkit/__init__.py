"""What reads recordings and state: the offline preview and its kin. No component imports it."""
