"""What the victim agreed to."""
