"""Adapters that look into files."""
