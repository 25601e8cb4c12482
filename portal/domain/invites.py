"""What is answered to an invite, and which answers count after a change of it."""

import enum


class AnswerToInvite(enum.StrEnum):
    """What somebody answers to an invite; RFC 5545 has the same words as PARTSTAT."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    DELEGATED = "delegated"


def counts(answered_sequence: int, time_sequence: int) -> bool:
    """Say whether an answer still counts: who answered is asked again once day or time changed.

    Args:
        answered_sequence: of the invite that was answered.
        time_sequence: since which sequence day and time are what they are.
    """
    return answered_sequence >= time_sequence
