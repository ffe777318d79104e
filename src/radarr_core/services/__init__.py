"""Use cases, one verb a file: they speak to ports, ask the domain, and store what happened with what it changed."""
