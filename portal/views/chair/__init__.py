"""The chair's pages: the declaration, the meeting, the actions."""
