"""What stands above every page of a case, cut to its reader."""

from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.rules import TABLE
from portal.db import db
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor, Role
from portal.models.person import Agency, LocalGovernmentArea
from portal.services.bands import ShownBand, bands_by_case
from portal.services.cases import applicant_names


@dataclass(frozen=True)
class CaseFrame:
    """The top of a case's pages.

    Attributes:
        open_acts: what this reader may do on this case now; tabs and buttons come from it.
        waits_for_consent: nothing goes to the applicant representative until it is recorded.
        band: of the risk, where it was scored.
    """

    reference: str
    name: str
    lga: str
    stage: str
    stage_label: str
    caption: str
    safe_contact: str
    open_acts: frozenset[Act]
    waits_for_consent: bool = False
    band: ShownBand | None = None

    @property
    def first_name(self) -> str:
        """Return the name that sentences use of the applicant."""
        return self.name.split()[0] if self.name else "the applicant"


def frame(actor: Actor, opened: Opened) -> CaseFrame:
    """Return the frame of a case that was opened by the gate."""
    case = opened.case
    return CaseFrame(
        reference=case.reference,
        name=applicant_names(actor, [case.id]).get(case.id, ""),
        lga=db.session.get_one(LocalGovernmentArea, case.lga_id).name,
        stage=case.stage.value,
        stage_label=case.stage.label,
        caption=_caption(actor, opened),
        safe_contact=case.safe_contact,
        open_acts=frozenset(act for act in TABLE if opened.allows(actor, act)),
        waits_for_consent=opened.facts.waits_for_consent,
        band=bands_by_case(actor, [case.id]).get(case.id),
    )


def _caption(actor: Actor, opened: Opened) -> str:
    if actor.role is Role.CHAIR:
        return "You chair this review."
    if actor.agency_id is not None:
        agency = db.session.get_one(Agency, actor.agency_id)
        return f"You sit on the panel for {agency.name}."
    return f"Received {in_words(london_day(opened.case.received_at))}."
