"""From the record of a meeting to the first draft of its minutes: a small function a section.

What a section starts from is handed in; nothing here reads a text that is narrower than the panel.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.documents.content import Fact, PanelText, long_date
from portal.documents.minutes import (
    MinutesAction,
    MinutesAdequacy,
    MinutesAttendance,
    MinutesPower,
    MinutesRecommendation,
)
from portal.domain.agenda import Topic
from portal.domain.dates import time_of
from portal.domain.deadlines import london_day
from portal.domain.declarations import NONE_DECLARED
from portal.domain.minutes import Section
from portal.domain.risk.bands import Band
from portal.domain.threshold.facts import ReportState
from portal.models.meeting import Presence
from portal.services.actions import ShownAction
from portal.services.agreed import Agreed, ShownConsidered, ShownFinding, ShownRecommendation
from portal.services.attending import NOT_HERE
from portal.services.telling import ShownTelling
from portal.services.words import PRESENCES


@dataclass(frozen=True)
class Attended:
    """How one person attended a sitting.

    Attributes:
        agency: the agency, or the role of who has none.
        joined_at, left_at: where they came later or went earlier than the others.
        conflict: what they had declared of a conflict of interest when the sitting ended.
        agreed_on: the day on which they agreed to keep what they hear; none where they have not.
    """

    name: str
    agency: str
    is_required: bool
    presence: Presence
    joined_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    is_observer: bool = False
    conflict: str = NONE_DECLARED
    agreed_on: dt.date | None = None


@dataclass(frozen=True)
class Sat:
    """One sitting of the meeting.

    Attributes:
        adjourned: why it ended without closing the meeting; empty for the last one.
        interim_steps, told_applicant: what started at once then, and what the applicant was told.
    """

    started_at: dt.datetime
    ended_at: dt.datetime
    place: str
    adjourned: str
    attended: tuple[Attended, ...]
    interim_steps: str = ""
    told_applicant: str = ""


@dataclass(frozen=True)
class RiskFound:
    """The band that was in force before the meeting and the one in force now.

    Attributes:
        before: none where nothing was scored before the meeting.
        line: why, as the agencies on the panel read it.
    """

    before: Band | None
    now: Band
    line: str


@dataclass(frozen=True)
class Visited:
    """Somebody of the applicant's side in the opening section, and what they would like.

    Attributes:
        left_at: none where nobody recorded that they left.
        wishes: in their words, typed in view; empty where nothing was.
    """

    who: str
    entered_at: dt.datetime
    left_at: dt.datetime | None
    wishes: str


@dataclass(frozen=True)
class Noted:
    """What was noted on an item of the agenda that the whole panel was at the table for."""

    topic: Topic
    title: str
    text: str


@dataclass(frozen=True)
class Record:
    """What the meeting recorded, all of it for the whole panel."""

    sittings: tuple[Sat, ...]
    applicant_attendance: str
    visits: tuple[Visited, ...]
    read_out_by: tuple[str, ...]
    reports: tuple[ReportState, ...]
    risk: RiskFound | None
    notes: tuple[Noted, ...]
    decisions: tuple[str, ...]
    actions: tuple[ShownAction, ...]
    agreed: Agreed
    tellings: tuple[ShownTelling, ...]
    closed_at: dt.datetime
    plan_due_on: dt.date | None


def attendance_rows(sittings: Sequence[Sat]) -> tuple[MinutesAttendance, ...]:
    """Return the table of who was there, sitting after sitting."""
    return tuple(
        MinutesAttendance(
            sitting=Fact("" if position else _sitting(sat)),
            name=Fact(each.name),
            agency=Fact(each.agency),
            how=Fact(_how(each)),
            hours=Fact(_hours(each)),
            conflict=Fact(each.conflict),
            confidentiality=long_date(each.agreed_on) if each.agreed_on else Fact("Not agreed"),
        )
        for sat in sittings
        for position, each in enumerate(sat.attended)
    )


def _how(each: Attended) -> str:
    how = PRESENCES[each.presence]
    return f"Observer. {how}" if each.is_observer else how


def _sitting(sat: Sat) -> str:
    start, end = time_of(sat.started_at), time_of(sat.ended_at)
    return f"{long_date(london_day(sat.started_at))}, {start} to {end}, {sat.place}"


def _hours(each: Attended) -> str:
    """Return from when to when somebody was there, as far as it was recorded."""
    if each.joined_at and each.left_at:
        return f"{time_of(each.joined_at)} to {time_of(each.left_at)}"
    if each.joined_at:
        return f"from {time_of(each.joined_at)}"
    return f"until {time_of(each.left_at)}" if each.left_at else ""


def action_rows(actions: Sequence[ShownAction]) -> tuple[MinutesAction, ...]:
    """Return the table of actions."""
    return tuple(
        MinutesAction(
            number=action.number,
            what=PanelText(action.what),
            owner=Fact(_owner(action)),
            by_when=long_date(action.due_on) if action.due_on else Fact("No day yet"),
            how_we_know=PanelText(action.how_we_know),
            what_applicant_is_told=PanelText(_told(action)),
        )
        for action in actions
    )


def _owner(action: ShownAction) -> str:
    return f"{action.owner}, with {action.with_whom}" if action.joining else action.owner


def adequacy_rows(findings: Sequence[ShownFinding]) -> tuple[MinutesAdequacy, ...]:
    """Return the table of findings, agency after agency."""
    return tuple(
        MinutesAdequacy(
            agency=Fact(each.agency_name),
            finding=Fact(each.finding.label),
            fact=PanelText(each.fact),
        )
        for each in findings
    )


def power_rows(powers: Sequence[ShownConsidered]) -> tuple[MinutesPower, ...]:
    """Return the table of powers considered."""
    return tuple(
        MinutesPower(
            name=Fact(each.power_name),
            agency=Fact(each.agency_name),
            result=Fact(each.result.label),
            words=PanelText(each.text),
        )
        for each in powers
    )


def recommendation_rows(
    recommendations: Sequence[ShownRecommendation],
) -> tuple[MinutesRecommendation, ...]:
    """Return the table of recommendations."""
    return tuple(
        MinutesRecommendation(
            number=each.number,
            body=Fact(each.body),
            what=PanelText(each.text),
            reply_by=long_date(each.reply_by),
        )
        for each in recommendations
    )


def _told(action: ShownAction) -> str:
    if action.words_for_applicant:
        return f"“{action.words_for_applicant}”"
    return f"Not told. {action.reason_not_told}" if action.reason_not_told else "Not settled"


def words_of(record: Record) -> dict[Section, str]:
    """Return what each section but the accounts starts from; a paragraph a line."""
    written = {section: [write(record)] for section, write in _WORDS.items()}
    for note in record.notes:
        if note.topic in _NOTED:
            written.setdefault(_NOTED[note.topic], []).append(note.text)
        elif note.topic in _TITLED:
            written[Section.DECISIONS].insert(0, f"{note.title}: {note.text}")
    return {
        section: "\n".join(part for part in parts if part.strip())
        for section, parts in written.items()
    }


# Where what was noted on an item belongs. The pre-brief is not the panel's and is left out.
_NOTED = {
    Topic.ATTENDANCE: Section.BODIES,
    Topic.CONFIDENTIALITY: Section.ATTENDANCE,
    Topic.OPENING: Section.OPENING,
    Topic.APPLICANT_LEAVES: Section.OPENING,
    Topic.CHRONOLOGY: Section.TIMELINE,
    Topic.RISK: Section.RISK,
    Topic.ADEQUACY: Section.ADEQUACY,
    Topic.POWERS: Section.POWERS,
    Topic.ACTIONS: Section.ACTIONS,
    Topic.RECOMMENDATIONS: Section.RECOMMENDATIONS,
    Topic.TELLING: Section.COMMUNICATION,
    Topic.CLOSE: Section.NEXT,
}
# What has no section of its own stands with the decisions, under its title.
_TITLED = frozenset({Topic.ACCOUNTS, Topic.OTHER})


def _attendance(record: Record) -> str:
    """Say why a sitting was adjourned; who was there stands in the table."""
    return "\n".join(
        f"Adjourned on {long_date(london_day(sat.ended_at))} at {time_of(sat.ended_at)}: "
        f"{sat.adjourned}"
        for sat in record.sittings
        if sat.adjourned
    )


def _bodies(record: Record) -> str:
    """Say of each sitting which required agencies nobody was there for."""
    lines = [(sat, _missing(sat)) for sat in record.sittings]
    if len(lines) == 1:
        return _bodies_line(lines[0][1])
    return "\n".join(
        f"{long_date(london_day(sat.started_at))}: {_bodies_line(missing)}"
        for sat, missing in lines
    )


def _bodies_line(missing: Sequence[str]) -> str:
    if missing:
        return f"Required and not there: {', '.join(missing)}."
    return "Somebody was there for each required agency."


def _missing(sat: Sat) -> list[str]:
    """Return the required agencies of whom nobody was there; an observer does not stand for one."""
    there = {
        each.agency
        for each in sat.attended
        if each.presence not in NOT_HERE and not each.is_observer
    }
    required = dict.fromkeys(each.agency for each in sat.attended if each.is_required)
    return [agency for agency in required if agency not in there]


def _opening(record: Record) -> str:
    said = record.applicant_attendance.strip()
    lines = [f"How the applicant took part: {said}"] if said else []
    lines += [f"{visit.who} was there {_stay(visit)}." for visit in record.visits]
    lines += [f"The statement was read out: {who}." for who in record.read_out_by]
    wishes = {visit.who: visit.wishes for visit in record.visits if visit.wishes}
    lines += [f"What {who} would like to happen: {words}" for who, words in wishes.items()]
    return "\n".join(lines)


def _stay(visit: Visited) -> str:
    if visit.left_at is None:
        return f"from {time_of(visit.entered_at)}"
    return f"from {time_of(visit.entered_at)} to {time_of(visit.left_at)}"


def _timeline(record: Record) -> str:
    if not record.reports:
        return ""
    counts = Counter(record.reports)
    parts = [f"{counts[state]} {words}" for state, words in _STATES if counts[state]]
    return f"Reports: {', '.join(parts)}."


_STATES = (
    (ReportState.CONFIRMED, "confirmed by the agency that took it"),
    (ReportState.NOT_TRACED, "not traced"),
    (ReportState.CLAIMED, "claimed and not answered yet"),
)


def _risk(record: Record) -> str:
    risk = record.risk
    if risk is None:
        return ""
    before = f"Before the meeting: {risk.before.label}. " if risk.before else ""
    return f"{before}Now: {risk.now.label}.\n{risk.line}".strip()


def _decisions(record: Record) -> str:
    return "\n".join(record.decisions)


def _communication(record: Record) -> str:
    """Say who tells the applicant what, and what they were told when a sitting was adjourned."""
    lines = [
        f"Told on {long_date(london_day(sat.ended_at))}: {sat.told_applicant}"
        for sat in record.sittings
        if sat.told_applicant
    ]
    lines += [
        f"{each.who}, {each.way.lower()}, by {long_date(london_day(each.due_at))}, "
        f"{time_of(each.due_at)}. {each.kind}: {each.what}"
        for each in record.tellings
    ]
    return "\n".join(lines)


def _interim(record: Record) -> str:
    """Say which steps started at once when a sitting was adjourned."""
    return "\n".join(
        f"From {long_date(london_day(sat.ended_at))}: {sat.interim_steps}"
        for sat in record.sittings
        if sat.interim_steps
    )


def _next(record: Record) -> str:
    closed = f"The chair closed the meeting on {long_date(london_day(record.closed_at))}"
    lines = [f"{closed} at {time_of(record.closed_at)}."]
    if record.plan_due_on:
        lines.append(f"The action plan is due by {long_date(record.plan_due_on)}.")
    return "\n".join(lines)


_WORDS: dict[Section, Callable[[Record], str]] = {
    Section.ATTENDANCE: _attendance,
    Section.BODIES: _bodies,
    Section.OPENING: _opening,
    Section.TIMELINE: _timeline,
    Section.RISK: _risk,
    Section.DECISIONS: _decisions,
    Section.COMMUNICATION: _communication,
    Section.INTERIM: _interim,
    Section.NEXT: _next,
}


def account_of(titles: Sequence[str]) -> str:
    """Return what the account of an agency starts from: what it had shared with the whole panel."""
    return f"Had shared with the panel: {'; '.join(titles)}." if titles else ""
