"""What was shared: one item, its corrections, its withdrawal, its history."""
