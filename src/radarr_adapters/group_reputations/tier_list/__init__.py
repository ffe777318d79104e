"""Groups as people have sorted them into tiers, read from custom formats in the form of the TRaSH guides."""
