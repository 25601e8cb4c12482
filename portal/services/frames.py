"""What stands above every page of a case, cut to its reader."""

from dataclasses import dataclass

from portal.access.gate import Opened
from portal.access.rules import TABLE
from portal.access.scope.people import parties_for
from portal.db import db
from portal.domain.consent import WAITING, Hold
from portal.domain.dates import in_words
from portal.domain.deadlines import london_day
from portal.domain.first_names import first_name
from portal.domain.roles import Act, Actor, Role
from portal.models.case import PartyKind
from portal.models.person import Agency, LocalGovernmentArea
from portal.services.bands import ShownBand, bands_by_case
from portal.services.cases import applicants
from portal.services.words import party_name


@dataclass(frozen=True)
class CaseFrame:
    """The top of a case's pages.

    Attributes:
        open_acts: what this reader may do on this case now; tabs and buttons come from it.
        hold: for whose consent the request waits, and what it keeps from the applicant
            representative; empty where it waits for nobody.
        band: of the risk, where it was scored.
        is_person: the applicant is one person, and no business or group.
    """

    reference: str
    name: str
    lga: str
    stage: str
    stage_label: str
    caption: str
    safe_contact: str
    open_acts: frozenset[Act]
    hold: str = ""
    band: ShownBand | None = None
    is_person: bool = True

    @property
    def first_name(self) -> str:
        """Return the name that sentences use of the applicant: only a person has a first one."""
        if not self.name:
            return "the applicant"
        return first_name(self.name) if self.is_person else self.name


def frame(actor: Actor, opened: Opened) -> CaseFrame:
    """Return the frame of a case that was opened by the gate."""
    case = opened.case
    applicant = applicants(actor, [case.id]).get(case.id)
    return CaseFrame(
        reference=case.reference,
        name=applicant.name if applicant else "",
        is_person=applicant is None or applicant.kind is PartyKind.INDIVIDUAL,
        lga=db.session.get_one(LocalGovernmentArea, case.lga_id).name,
        stage=case.stage.value,
        stage_label=case.stage.label,
        caption=_caption(actor, opened),
        safe_contact=case.safe_contact,
        open_acts=frozenset(act for act in TABLE if opened.allows(actor, act)),
        hold=_hold(actor, opened),
        band=bands_by_case(actor, [case.id]).get(case.id),
    )


def _hold(actor: Actor, opened: Opened) -> str:
    waiting = [hold for hold in opened.facts.holds if hold.waits_for]
    if not waiting:
        return ""
    parties = db.session.scalars(parties_for(actor, [opened.case.id]))
    names = {each.id: party_name(each.name) for each in parties}
    is_one = len(opened.facts.holds) == 1
    told = [_who_waits(hold, names, is_one=is_one) for hold in waiting]
    return f"{WAITING} {'; '.join(told)}. The clocks run on."


def _who_waits(hold: Hold, names: dict[int, str], *, is_one: bool) -> str:
    """Return for whose consent somebody waits who acts for them, by name where there are more."""
    victims = ", ".join(names[number] for number in hold.waits_for)
    who_acts = names[hold.applicant_representative_id]
    whom = "the applicant representative" if is_one else f"{who_acts} (applicant representative)"
    what = "nothing of theirs" if hold.is_told else "nothing"
    return f"of {victims}: tell and send {whom} {what} until it is recorded"


def _caption(actor: Actor, opened: Opened) -> str:
    if actor.role is Role.CHAIR:
        return "You chair this review."
    if actor.agency_id is not None:
        agency = db.session.get_one(Agency, actor.agency_id)
        return f"You sit on the panel for {agency.name}."
    return f"Received {in_words(london_day(opened.case.received_at))}."
