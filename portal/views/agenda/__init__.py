"""The agenda of a meeting and the notes on its items."""
