"""The adapters shipped with radarr-core; each registers through the same hooks as a stranger's."""
