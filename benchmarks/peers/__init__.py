"""Parsers to be compared, one typed module each: what it is distributed as (`DISTRIBUTION`), and `parse`."""
