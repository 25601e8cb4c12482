"""Actions: the form in the meeting, and the one that changes what was agreed."""
