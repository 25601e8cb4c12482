"""The request: what it says, its parties, how it is safe to reach the applicant."""
