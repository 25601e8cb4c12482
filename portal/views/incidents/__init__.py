"""Incidents and their reports: added and changed."""
