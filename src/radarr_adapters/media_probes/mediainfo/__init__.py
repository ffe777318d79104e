"""What libmediainfo reads from files."""
