"""Patterns: .NET regular expressions as people write them for custom formats, searched without regard to case."""

from .analysis import Pattern, check_pattern
from .searching import find_span

__all__ = ["Pattern", "check_pattern", "find_span"]
