"""Pages of the risk."""
