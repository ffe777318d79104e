"""Ports that need nothing outside the process, named by how they work; each passes its port's contract suite."""
