"""The pages on which it is recorded whether what each agency did was enough."""
