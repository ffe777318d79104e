"""Adapters that know the makers of releases."""
