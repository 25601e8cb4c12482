"""Files that agencies export: read as they come, never trusted."""
