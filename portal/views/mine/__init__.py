"""The applicant's own pages, and who looks after the keys to them."""
