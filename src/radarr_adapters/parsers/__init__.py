"""Readers of release names: the library's own, a second opinion, and one that compares."""
