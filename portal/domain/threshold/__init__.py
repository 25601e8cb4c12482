"""The threshold: what an area's rule says, what was reported, and what follows from the two."""
