"""Webhooks: events as JSON by POST."""
