"""The demonstration's page of sent messages."""
