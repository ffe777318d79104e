"""Several sources of reputations, asked one after the other."""
