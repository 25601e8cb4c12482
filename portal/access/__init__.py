"""Who may see or do what: which cases, which parts, which acts. Decided here and nowhere else."""
