"""What is said when something that was typed cannot be taken."""


class IntakeError(Exception):
    """What was typed cannot be taken; holds the field and the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
