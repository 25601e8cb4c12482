"""The issued documents of a case."""
