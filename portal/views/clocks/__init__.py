"""Pages of the clocks: of a case, and of the days that an area counts with."""
