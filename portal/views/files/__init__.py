"""Files of a request: while it is written, and on its case."""
