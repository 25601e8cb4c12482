"""A scheme in plain sentences to a victim: generated from the rules, never typed by hand."""
