"""What the adapters that speak HTTP share: one client with deadlines, limits, retries and redaction.

Nothing is imported here, so that settings may use `redaction` where httpx is not installed.
"""
