"""Reputations by what this pipeline has seen itself."""
