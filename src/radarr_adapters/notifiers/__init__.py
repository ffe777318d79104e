"""Adapters that tell others."""
