"""What is done on receipt of a request: passed on, first call, support, cases that are alike."""
