"""Pages of papers on their way to the applicant's side, and of what a link hands out."""
