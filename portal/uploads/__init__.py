"""Files that people hand in: judged by what they hold before anything opens them."""
