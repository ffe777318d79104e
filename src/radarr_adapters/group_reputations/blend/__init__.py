"""Evidence that begins with what a list says, instead of with what is known of anybody."""
