"""A second opinion on names by the package guessit."""
