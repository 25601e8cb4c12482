"""The guide to powers, what a panel said of them, and its recommendations."""
