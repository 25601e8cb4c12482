"""The plan's pages: drafted, checked, issued."""
