"""The top of a case's pages: name, stage, safe contact, and the tabs that this reader has."""

from dataclasses import dataclass

from flask import url_for

from portal.domain.roles import Act
from portal.services.bands import ShownBand
from portal.services.frames import CaseFrame


@dataclass(frozen=True)
class Tab:
    """One section of a case."""

    label: str
    href: str
    active: bool


@dataclass(frozen=True)
class ShownCase:
    """What the layout of a case's page needs; on a screen that is projected no safe contact."""

    reference: str
    name: str
    lga: str
    stage_label: str
    caption: str
    safe_contact: str | None
    tabs: tuple[Tab, ...]
    hold: str = ""
    band: ShownBand | None = None


# key, label, endpoint, the act that opens it
_TABS = (
    ("overview", "Overview", "cases.show_case", Act.VIEW_CASE),
    ("chronology", "Chronology", "cases.show_chronology", Act.VIEW_CASE),
    ("request", "Request", "details.show_request", Act.VIEW_CASE),
    ("files", "Files", "files.list_files", Act.READ_FILES),
    ("reports", "Reports", "cases.show_reports", Act.VIEW_CASE),
    ("receipt", "On receipt", "receipt.show_receipt", Act.READ_RECEIPT),
    ("risk", "Risk", "risk.show_risk", Act.READ_RISK),
    ("shared", "Shared information", "panel.show_shared", Act.VIEW_CASE),
    ("people", "People", "cases.show_people", Act.VIEW_CASE),
    ("meeting", "Meeting", "cases.show_meeting", Act.VIEW_CASE),
    ("plan", "Plan", "plan.show_plan", Act.READ_PLAN_DRAFT),
    ("letters", "Letters", "letters.list_letters", Act.READ_LETTERS),
    ("documents", "Documents", "documents.show_documents", Act.READ_DOCUMENT),
    ("log", "Who has looked", "looking.show_case_log", Act.READ_CASE_LOG),
)


def case_top(frame: CaseFrame, active: str) -> ShownCase:
    """Return the top of a page; ``active`` is the key of its tab."""
    return ShownCase(
        reference=frame.reference,
        name=frame.name,
        lga=frame.lga,
        stage_label=frame.stage_label,
        caption=frame.caption,
        safe_contact=frame.safe_contact,
        tabs=tuple(
            Tab(label, url_for(endpoint, reference=frame.reference), key == active)
            for key, label, endpoint, act in _TABS
            if act in frame.open_acts
        ),
        hold=frame.hold,
        band=frame.band,
    )
