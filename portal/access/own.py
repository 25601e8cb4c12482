"""The applicant's only door to their case: their key, the rule and the entry in the log."""

from dataclasses import dataclass

from portal import log
from portal.access import rules
from portal.access.gate import ActRefusedError, CaseNotFoundError, Opened
from portal.access.scope.mine import own_case_for, own_events_for
from portal.access.victims import holds_of
from portal.db import db
from portal.domain.clocks.rules import ClockEvent
from portal.domain.roles import Act, Actor
from portal.domain.stages import CaseFacts, Stage
from portal.models.case import Case, Party, PartyRole
from portal.models.clock import RecordedEvent

_READING = frozenset({Act.OPEN_OWN_PAGE, Act.READ_OWN_PAPER})


@dataclass(frozen=True)
class OwnCase:
    """The applicant's case, themselves in it, and what the rules know."""

    case: Case
    party: Party
    facts: CaseFacts

    @property
    def opened(self) -> Opened:
        """Return the case for what is saved on it, once this door has let the actor do that."""
        return Opened(self.case, self.facts)

    def allows(self, actor: Actor, act: Act) -> bool:
        """Say whether the actor may do this other act now: for buttons and links."""
        return isinstance(rules.may(actor, act, self.facts), rules.Allowed)


def load_own_case(actor: Actor, act: Act, thing: str = "") -> OwnCase:
    """Return the case of somebody of the applicant's side and log the act.

    Args:
        actor: who came by a key of their own.
        act: what they are about to do.
        thing: which thing, by kind and key, for the log; the party is named before it.

    Raises:
        CaseNotFoundError: their key has ended; or they act for a victim who does not agree.
        ActRefusedError: the act is not theirs, or not now.
    """
    query = own_case_for(actor)
    if act not in _READING:
        query = query.with_for_update(of=Case)
    found = db.session.execute(query).one_or_none()
    if found is None or not is_told(found[1].id, found[1].role, found[0].id):
        raise CaseNotFoundError
    case, party = found
    facts = CaseFacts(stage=_told_stage(actor, case))
    verdict = rules.may(actor, act, facts)
    if isinstance(verdict, rules.Refused):
        raise ActRefusedError(verdict.sentence)
    whole = f"party {party.id}, {thing}" if thing else f"party {party.id}"
    log.record(actor, act.value, reference=case.reference, thing=whole)
    return OwnCase(case, party, facts)


def _told_stage(actor: Actor, case: Case) -> Stage:
    """Return the stage as they were told it: of a no they read first in the letter that says why.

    What they may do must not tell it before.
    """
    if case.stage is not Stage.NOT_MET:
        return case.stage
    sent = RecordedEvent.event == ClockEvent.DECISION_NOTICE_SENT
    told = db.session.scalars(own_events_for(actor).where(sent)).first()
    return Stage.ASSESSING if told is None else case.stage


def is_told(party_id: int, role: PartyRole, case_id: int) -> bool:
    """Say whether a party may be told of their case: who acts for a victim, once one has agreed."""
    if role is not PartyRole.APPLICANT_REPRESENTATIVE:
        return True
    return any(
        hold.is_told for hold in holds_of(case_id) if hold.applicant_representative_id == party_id
    )
