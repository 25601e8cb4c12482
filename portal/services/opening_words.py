"""The words for a statement and for the screen of the opening section."""

from portal.domain.statements import PanelReads, ReadsOut

READS_OUT: dict[str, str] = {
    ReadsOut.APPLICANT: "The applicant",
    ReadsOut.SUPPORT_WORKER: "Their support worker",
    ReadsOut.CHAIR: "The chair",
    ReadsOut.APPLICANT_REPRESENTATIVE: "Their applicant representative",
    ReadsOut.OTHER: "Somebody else",
}
PANEL_READS: dict[str, str] = {
    PanelReads.BEFORE: "Yes, as soon as it is saved",
    PanelReads.ONCE_READ_OUT: "Only once it has been read out",
    PanelReads.NEVER: "No, the panel only hears it",
}
_TO_THEM = {
    ReadsOut.APPLICANT: "you",
    ReadsOut.SUPPORT_WORKER: "your support worker",
    ReadsOut.CHAIR: "the chair",
    ReadsOut.APPLICANT_REPRESENTATIVE: "the person who speaks for you",
    ReadsOut.OTHER: "somebody you chose",
}
STEPS = (
    "Everyone says who they are.",
    "You tell us what it has been like, or we read your statement.",
    "You tell us what you would like to happen.",
    "We tell you when you will hear from us.",
)
SHORT_STEPS = (
    "who everyone is",
    "what it has been like",
    "what you would like to happen",
    "when you hear from us",
)
"""What each step is called on the button that goes on to it."""


def who_reads(who: ReadsOut, name: str) -> str:
    """Return who reads a statement out, as staff read it."""
    if not name:
        return READS_OUT[who]
    return name if who is ReadsOut.OTHER else f"{READS_OUT[who]}, {name}"


def who_reads_to_them(who: ReadsOut, name: str) -> str:
    """Return who reads a statement out, as it is written to the applicant."""
    if who is ReadsOut.APPLICANT:
        return _TO_THEM[who]
    return name or _TO_THEM[who]
