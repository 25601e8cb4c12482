"""What everybody may open: the front page and the health of the installation."""
