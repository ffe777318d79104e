"""Adapters that tell the time."""
