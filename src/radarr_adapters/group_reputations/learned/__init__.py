"""Another source's scores, moved by a model of what became of releases here, if that foretells better."""
