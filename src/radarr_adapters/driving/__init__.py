"""Adapters that drive: a request in, one service call, an answer out."""
