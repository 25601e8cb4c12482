"""Around the table of the sample cases: rooms, who comes, what is said of powers and to whom."""

import datetime as dt

from portal.domain.adequacy import Adequacy
from portal.domain.invites import AnswerToInvite
from portal.domain.powers_considered import PowerResult, WhyNotRight
from portal.domain.roles import Actor
from portal.jobs.demo_steps import COORDINATORS, acting, day, token
from portal.models.telling import TellingKind, TellingWay
from portal.services import (
    adequacy,
    confidentiality,
    invite_answers,
    powers_considered,
    rooms,
    telling,
)
from portal.services.invite_answers import TypedAnswer
from portal.services.powers_considered import TypedConsidered
from portal.services.telling import TypedTelling


def keep_rooms() -> None:
    """Keep two rooms of Wharrowdale, one of them by video alone."""
    office = acting(COORDINATORS["wharrowdale"], "2026-01-05T09:00")
    for name, address, notes in (
        ("Hexley Civic Centre, room 2", "Market Place, Hexley", "Two doors, step-free. Ask for 2."),
        ("By video", "", "No room. Both links have a waiting room."),
    ):
        slug = name.split(",")[0].lower().replace(" ", "-")
        typed = rooms.TypedRoom(
            name=name,
            address=address,
            access_notes=notes,
            join_link=f"https://meet.example/{slug}-panel",
            applicant_join_link=f"https://meet.example/{slug}-opening",
            is_active=True,
        )
        rooms.save_room(office, token(), typed)


def answer_invites(reference: str, accepts: tuple[str, ...], may_come: str) -> None:
    """Answer an invite to Noor's meeting: some accept, one says that they may come."""
    answers = dict.fromkeys(accepts, TypedAnswer(AnswerToInvite.ACCEPTED))
    answers[may_come] = TypedAnswer(AnswerToInvite.TENTATIVE, comment="Another meeting until 10am.")
    for email, typed in answers.items():
        actor = acting(email, "2027-01-12T09:15")
        invite_answers.answer_invite(actor, reference, token(), typed)


def agree_to_confidentiality(reference: str, people: list[Actor]) -> None:
    """Let everybody agree who is at the table."""
    for person in people:
        confidentiality.agree(person, reference, token())


def find_adequacy(chair: Actor, reference: str, owners: list[Actor]) -> None:
    """Say of each agency that owns an action that its response was enough in part."""
    for agency_id in {owner.agency_id for owner in owners if owner.agency_id is not None}:
        adequacy.find_adequacy(
            chair,
            reference,
            agency_id,
            token(),
            Adequacy.PARTLY,
            "Reports were taken each time. They were not linked to one another.",
            0,
        )


def consider_powers(chair: Actor, reference: str, owner: Actor) -> None:
    """Look at two powers: one can be used now, one is not right here."""
    if owner.agency_id is None:
        raise LookupError("a power is an agency’s")
    warning = TypedConsidered(
        power="warning",
        agency_id=owner.agency_id,
        result=PowerResult.POSSIBLE_NOW,
        who=owner.name,
        words="A dated note of what was seen.",
    )
    mediation = TypedConsidered(
        power="mediation",
        agency_id=owner.agency_id,
        result=PowerResult.NOT_RIGHT,
        words="Threats were reported.",
        why_not=WhyNotRight.WOULD_HARM_APPLICANT,
    )
    for typed in (warning, mediation):
        powers_considered.consider_power(chair, reference, token(), typed)


def tell_the_same_day(chair: Actor, reference: str, area: str, on: str) -> None:
    """Name the coordinator as who calls by 5pm, and record that they did."""
    coordinator = acting(COORDINATORS[area], f"{on}T16:10")
    form = telling.open_form(chair, reference)
    key = next(key for key, label in form.people if label.startswith(coordinator.name))
    typed = TypedTelling(
        kind=TellingKind.OUTCOME,
        what="The meeting took place. A draft of the plan comes next.",
        who=key,
        way=TellingWay.CALL,
        due_on=day(on),
        due_time=dt.time(17, 0),
    )
    telling.add_telling(chair, reference, token(), typed)
    telling.record_told(coordinator, reference, 1, token(), coordinator.at)
