"""The reviewing page for one coder, on loopback; it reaches the rest through the desk."""
