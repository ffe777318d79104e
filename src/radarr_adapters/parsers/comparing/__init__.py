"""Several opinions on a name, and where they differ."""
