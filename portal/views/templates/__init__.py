"""The templates of an area's documents."""
