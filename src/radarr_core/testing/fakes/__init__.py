"""Adapters without an outside world: each keeps its port's whole contract and can be told to fail."""
