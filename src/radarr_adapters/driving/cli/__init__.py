"""The command line `radarr-core`."""
