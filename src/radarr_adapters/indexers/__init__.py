"""Adapters that offer releases."""
