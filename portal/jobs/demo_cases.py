"""The sample cases of the demonstration."""


def add_all() -> None:
    """Add the cases."""
