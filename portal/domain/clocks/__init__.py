"""Clocks: what an area promises within which limit, started and stopped by recorded events."""
