"""A draft of a scheme as a form shows it, and what is wrong with it."""
