"""What the examples need and the library does not: a film of our own making, and somebody who seeds it."""
