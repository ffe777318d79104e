"""Adapters that fetch releases."""
