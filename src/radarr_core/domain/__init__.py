"""Frozen values and pure functions: no clock, disk, network or environment."""
