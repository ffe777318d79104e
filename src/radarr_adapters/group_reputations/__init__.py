"""Sources of reputations: what is known of the makers of releases, by evidence or by other people's lists."""
