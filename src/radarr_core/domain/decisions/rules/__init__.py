"""The rules an offer has to pass, one small rule or family a file."""
