"""The library's own reading of names, behind the port."""
