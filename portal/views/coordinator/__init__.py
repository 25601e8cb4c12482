"""What the coordinator does on a case, step by step."""
