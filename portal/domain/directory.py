"""What an area lists for the public: who helps, who takes reports, who takes complaints."""

import enum


class EntryKind(enum.StrEnum):
    """What somebody in the list can be turned to for."""

    SUPPORT = "support"
    REPORT = "report"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        """Return what the office reads."""
        return _LABELS[self]


_LABELS = {
    EntryKind.SUPPORT: "Supports people",
    EntryKind.REPORT: "Takes reports",
    EntryKind.COMPLAINT: "Takes complaints",
}
