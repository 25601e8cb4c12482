"""Which cases and which parts of them somebody gets: no statement on a case runs without it."""
