"""The panel: who sits on it, and what they share with whom."""
