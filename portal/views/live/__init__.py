"""The meeting as its panel follows it, and what its open pages ask by themselves."""
