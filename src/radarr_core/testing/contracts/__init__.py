"""One suite a port. Subclass a suite in a test module, give it a `harness` fixture, and pytest does the rest."""
