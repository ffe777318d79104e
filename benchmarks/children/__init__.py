"""What runs in a process of its own, so that nothing of the measuring is in what is measured."""
