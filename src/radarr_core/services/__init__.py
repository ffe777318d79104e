"""Use cases, one verb a file: they speak to ports, ask the domain, and store what happened with what it changed."""

from logging import NullHandler, getLogger

# An application decides where log lines go; without one they go nowhere. Nothing below this room writes any.
getLogger("radarr_core").addHandler(NullHandler())
