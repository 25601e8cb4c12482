"""The request, one thing a page: for whoever asks for a review, without an account."""
