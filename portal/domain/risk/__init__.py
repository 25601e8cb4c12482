"""Risk and harm: questions, points, bands and floors; a person decides, and all of it is kept."""
