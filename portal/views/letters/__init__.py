"""The letters to the applicant."""
