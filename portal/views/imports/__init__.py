"""Importing from an agency's own export."""
