"""Who stands by a victim, and what a support worker opens."""
