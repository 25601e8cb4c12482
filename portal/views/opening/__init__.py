"""The applicant's statement, and the opening section of the meeting."""
