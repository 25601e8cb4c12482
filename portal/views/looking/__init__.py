"""Pages that say who looked."""
