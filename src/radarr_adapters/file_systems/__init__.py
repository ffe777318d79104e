"""Adapters that reach disks."""
