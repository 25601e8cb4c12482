"""Confidentiality, who tells the applicant what, and the pages around the close of a meeting."""
