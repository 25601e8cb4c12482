"""The only door to a case: scope, rule and the entry in the log, in one call."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from portal import log
from portal.access import rules
from portal.access.scope.cases import cases_to_knock_at
from portal.access.scope.marks import KNOWING, open_case, unscoped
from portal.access.scope.membership import is_seated
from portal.access.scope.supporting import supported_cases_for
from portal.access.victims import holds_of
from portal.db import db
from portal.domain.references import normalise_reference
from portal.domain.roles import Act, Actor, Role
from portal.domain.stages import CaseFacts
from portal.models.case import Case, Party, PartyRole
from portal.models.meeting import Attendance, Meeting
from portal.models.panel import ChairAppointment, PanelSeat
from portal.models.plan import PlanDraft

# Whoever changes a case waits for the one before: what was read is then still true when it is
# written. SQLite lets one writer in at a time anyway and ignores the lock.
_READING = frozenset(
    {
        Act.VIEW_CASE,
        Act.READ_PLAN_DRAFT,
        Act.READ_DOCUMENT,
        Act.READ_LETTERS,
        Act.READ_MINUTES,
        Act.OPEN_SUPPORTED_CASE,
        Act.READ_POST,
        Act.READ_FILES,
        Act.READ_RECEIPT,
    }
)


class CaseNotFoundError(LookupError):
    """No such case or part, or none that this actor may know of: told apart by nobody."""


class ActRefusedError(PermissionError):
    """The actor may know of the case but may not do this to it now; holds the sentence."""


class DeclarationNeededError(ActRefusedError):
    """The chair has first to say whether there is a conflict of interest."""


@dataclass(frozen=True)
class Opened:
    """A case that the actor may do the act on, and what the rules know of it."""

    case: Case
    facts: CaseFacts

    def allows(self, actor: Actor, act: Act) -> bool:
        """Say whether the actor may do this other act now: for buttons and links."""
        return isinstance(rules.may(actor, act, self.facts), rules.Allowed)


def load_case(actor: Actor, reference: str, act: Act, thing: str = "") -> Opened:
    """Return the case and log the act.

    Args:
        actor: who asks.
        reference: the public reference, as in the address.
        act: what they are about to do.
        thing: which thing in the case, by kind and key, for the log.

    Raises:
        CaseNotFoundError: it does not exist or is not the actor's to know of.
        ActRefusedError: it is, but the act is not theirs, or not now.
    """
    opened = glance(actor, reference, act)
    log.record(actor, act.value, reference=opened.case.reference, thing=thing)
    return opened


def glance(actor: Actor, reference: str, act: Act) -> Opened:
    """Return the case as ``load_case`` does, without an entry in the log.

    For what a script asks by itself while a page is open, which shows no more than counts: such a
    look is no view, and an entry at every one would hide who has looked.

    Raises:
        CaseNotFoundError, ActRefusedError: as ``load_case``.
    """
    # Typed from paper: small letters, no hyphens, an O for a Q.
    asked = normalise_reference(reference) or reference
    door = supported_cases_for if act in rules.FOR_SUPPORT_WORKERS else cases_to_knock_at
    query = door(actor).where(Case.reference == asked)
    if act not in _READING:
        query = query.with_for_update(of=Case)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CaseNotFoundError(reference)
    facts = _facts(actor, found)
    verdict = rules.may(actor, act, facts)
    if isinstance(verdict, rules.Refused):
        if verdict.sentence == rules.DECLARE_FIRST:
            raise DeclarationNeededError(verdict.sentence)
        raise ActRefusedError(verdict.sentence)
    return Opened(found, facts)


@lru_cache(maxsize=1)  # asked at every click on a case, so built once
def _asked() -> Any:
    """Return what the rules ask for of a case and a person, as one statement."""
    case_id: sa.BindParameter[int] = sa.bindparam("of_case")
    person_id: sa.BindParameter[int] = sa.bindparam("of_person")
    chair = sa.select(ChairAppointment.id).where(
        ChairAppointment.case_id == case_id, ChairAppointment.ended_at.is_(None)
    )
    ready = chair.where(ChairAppointment.declared_none_at.is_not(None))
    own = ready.where(ChairAppointment.person_id == person_id)
    in_force = (Meeting.case_id == case_id, Meeting.called_off_at.is_(None))
    meeting = sa.select(Meeting.id).where(*in_force)
    adjourned = meeting.where(
        Meeting.sitting > 1, Meeting.opened_at.is_(None), Meeting.closed_at.is_(None)
    )
    there = (
        sa.select(Attendance.person_id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(*in_force, Attendance.sitting == Meeting.sitting)
    )
    seats = sa.select(PanelSeat.id).where(PanelSeat.case_id == case_id, is_seated())
    changing = sa.select(PlanDraft.case_id).where(
        PlanDraft.case_id == case_id, PlanDraft.changing_since.is_not(None)
    )
    parties = sa.select(Party.id).where(Party.case_id == case_id)
    return sa.select(
        own.exists(),
        chair.exists(),
        ready.exists(),
        seats.exists(),
        meeting.exists(),
        there.exists(),
        parties.where(Party.role == PartyRole.APPLICANT_REPRESENTATIVE).exists(),
        adjourned.exists(),
        changing.exists(),
    ).execution_options(**unscoped("the rules need facts that the actor may not read"))


def _facts(actor: Actor, case: Case) -> CaseFacts:
    """Gather what the rules ask for; none of it is shown to anybody."""
    row = db.session.execute(_asked(), {"of_case": case.id, "of_person": actor.person_id}).one()
    return CaseFacts(
        stage=case.stage,
        has_declared=actor.role is not Role.CHAIR or row[0],
        has_chair=row[1],
        chair_is_ready=row[2],
        has_panel=row[3],
        has_meeting=row[4],
        has_attendance=row[5],
        is_adjourned=row[7],
        is_observer=_is_observer(actor, case),
        is_plan_changing=row[8],
        holds=holds_of(case.id) if row[6] else (),
    )


def _is_observer(actor: Actor, case: Case) -> bool:
    if actor.role is not Role.AGENCY_REPRESENTATIVE:
        return False
    # The gate has found it for them; what they do not know of they only observe.
    knows = sa.select(open_case(actor, case.id, declared=False)).execution_options(scope=KNOWING)
    return not db.session.scalar(knows)
