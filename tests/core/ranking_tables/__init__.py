"""What the guides intend, by hand; README.md says how to read it."""
