"""The statement, and what the screen of the opening section may be built from.

What is selected for that screen is the applicant's own, or was written to them: no statement here
opens a table of shared items, of other parties' words or of what the panel agrees.
"""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.marks import KNOWING, SEES_EVERYTHING, known, open_case, part
from portal.access.scope.once import built_once
from portal.access.scope.people import VICTIMS
from portal.domain.roles import Actor
from portal.domain.statements import PanelReads
from portal.models.case import Party, PartyKind, PartyRole
from portal.models.meeting import Attendance, Meeting, Presence
from portal.models.opening import (
    EarlierStatement,
    OpeningVisit,
    Statement,
    StatementReading,
    Wishes,
)
from portal.models.panel import ChairAppointment
from portal.models.person import Agency, Person
from portal.models.request import RequestDetails

_HERE = (Presence.PRESENT, Presence.REMOTE)


def _leads(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role in SEES_EVERYTHING else sa.false()


@built_once
def statements_for(actor: Actor, case_id: int) -> sa.Select[Statement]:
    """Select the statements: for coordinator and chair, for the panel as the applicant chose."""
    was_read_out = sa.exists().where(StatementReading.statement_id == Statement.id)
    for_panel = sa.or_(
        Statement.panel_reads == PanelReads.BEFORE,
        sa.and_(Statement.panel_reads == PanelReads.ONCE_READ_OUT, was_read_out),
    )
    return (
        part(actor, Statement, case_id, "statement")
        .where(sa.or_(_leads(actor), for_panel))
        .order_by(Statement.party_id)
    )


@built_once
def readings_for(actor: Actor, case_id: int) -> sa.Select[StatementReading]:
    """Select who read out the statements that the actor may read, in the order it was noted."""
    own = statements_for(actor, case_id).with_only_columns(Statement.id).order_by(None)
    return (
        sa.select(StatementReading)
        .where(StatementReading.statement_id.in_(own))
        .order_by(StatementReading.id)
        .execution_options(**own.get_execution_options())
    )


@built_once
def earlier_statements_for(actor: Actor, case_id: int) -> sa.Select[EarlierStatement]:
    """Select statements as they stood before they were changed, the last one first.

    For coordinator and chair: what the applicant let the panel read is what stands now.
    """
    own = part(actor, Statement, case_id, "statement").with_only_columns(Statement.id)
    return (
        sa.select(EarlierStatement)
        .where(EarlierStatement.statement_id.in_(own), _leads(actor))
        .order_by(EarlierStatement.statement_id, EarlierStatement.number.desc())
        .execution_options(**own.get_execution_options())
    )


@built_once
def visits_for(actor: Actor, case_id: int) -> sa.Select[OpeningVisit]:
    """Select who came to the opening section and left it, the first first: for who leads."""
    return (
        sa.select(OpeningVisit)
        .join(Meeting, Meeting.id == OpeningVisit.meeting_id)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
            _leads(actor),
        )
        .order_by(OpeningVisit.id)
        .execution_options(scope=KNOWING | {"meeting", "opening"})
    )


@built_once
def wishes_for(actor: Actor, case_id: int, party_id: int) -> sa.Select[Wishes]:
    """Select what one victim would like to happen: for coordinator and chair."""
    return part(actor, Wishes, case_id, "opening").where(Wishes.party_id == party_id, _leads(actor))


@built_once
def own_statement_for(actor: Actor, case_id: int, party_id: int) -> sa.Select[Statement]:
    """Select the statement of one victim, and of nobody else."""
    return statements_for(actor, case_id).where(Statement.party_id == party_id)


@built_once
def own_name_for(actor: Actor, case_id: int, party_id: int) -> sa.Select[str, PartyKind]:
    """Select name and kind of one who takes part for the applicant, never of anybody else."""
    return (
        sa.select(Party.name, Party.kind)
        .where(
            Party.case_id == case_id,
            Party.id == party_id,
            Party.role.in_((*VICTIMS, PartyRole.APPLICANT_REPRESENTATIVE)),
            known(actor, Party.case_id, declared=True),
        )
        .execution_options(scope=KNOWING | {"party"})
    )


@built_once
def own_request_wishes_for(actor: Actor, case_id: int, party_id: int) -> sa.Select[str]:
    """Select what the request says its victim would like; nothing where there are several.

    The request does not say of which of them it is.
    """
    others = sa.exists().where(
        Party.case_id == case_id, Party.role.in_(VICTIMS), Party.id != party_id
    )
    return (
        sa.select(RequestDetails.wishes)
        .where(
            RequestDetails.case_id == case_id,
            open_case(actor, case_id),
            _leads(actor),
            ~others,
        )
        .execution_options(scope=KNOWING | {"details", "party"})
    )


@built_once
def hours_for(actor: Actor, case_id: int) -> sa.Select[dt.datetime]:
    """Select until when the opening section is planned to be."""
    return (
        sa.select(Meeting.opening_ends_at)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            open_case(actor, case_id),
        )
        .execution_options(scope=KNOWING | {"meeting"})
    )


@built_once
def in_the_room_for(actor: Actor, case_id: int) -> sa.Select[str, str | None, bool, Presence]:
    """Select who is in this sitting now: name, agency, whether they chair it, and how."""
    chairs = sa.exists().where(
        ChairAppointment.case_id == case_id,
        ChairAppointment.person_id == Attendance.person_id,
        ChairAppointment.ended_at.is_(None),
    )
    return (
        sa.select(Person.name, Agency.name, chairs, Attendance.presence)
        .select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Person, Person.id == Attendance.person_id)
        .join(Agency, Agency.id == Attendance.agency_id, isouter=True)
        .where(
            Meeting.case_id == case_id,
            Meeting.called_off_at.is_(None),
            Attendance.sitting == Meeting.sitting,
            Attendance.presence.in_(_HERE),
            Attendance.left_at.is_(None),
            open_case(actor, case_id),
        )
        .order_by(chairs.desc(), Agency.name, Person.name)
        .execution_options(scope=KNOWING | {"meeting"})
    )
