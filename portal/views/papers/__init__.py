"""Pages of the papers for a sitting."""
