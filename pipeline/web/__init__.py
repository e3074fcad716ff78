"""The reviewing page, on loopback."""
