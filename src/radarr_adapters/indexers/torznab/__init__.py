"""Torznab, the protocol of Jackett, Prowlarr and their kin."""
