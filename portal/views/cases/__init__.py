"""The list of cases and the pages of a case that everybody on it opens, each their own."""
