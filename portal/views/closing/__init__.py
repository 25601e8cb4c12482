"""Pages on which the coordinator closes a case."""
