"""Adapters that remember."""
