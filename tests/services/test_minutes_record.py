"""What the sections of the minutes start from, as plain functions of what was recorded."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.agenda import Topic
from portal.domain.minutes import Section
from portal.domain.risk.bands import Band
from portal.domain.threshold.facts import ReportState
from portal.models.meeting import Presence
from portal.services.agreed import Agreed
from portal.services.minutes_content import numbered
from portal.services.minutes_record import (
    Attended,
    Noted,
    Record,
    RiskFound,
    Sat,
    Visited,
    account_of,
    attendance_rows,
    words_of,
)
from portal.services.telling import ShownTelling
from tests.cases import at

FIRST = Sat(
    at(19, 10, 3),
    at(19, 11),
    "Town Hall",
    "The council had to ask its lawyer",
    (
        Attended("Ann", "Chair", False, Presence.PRESENT),
        Attended("Bo", "Police", True, Presence.PRESENT, at(19, 10, 15), at(19, 10, 50)),
        Attended("Cy", "Council", True, Presence.ABSENT),
    ),
)
SECOND = Sat(
    at(26, 14),
    at(26, 14, 30),
    "Video",
    "",
    (
        Attended("Ann", "Chair", False, Presence.PRESENT),
        Attended("Cy", "Council", True, Presence.REMOTE, at(26, 14, 5)),
        Attended("Di", "Council", True, Presence.APOLOGIES),
    ),
)


def record(**changes):
    whole = {
        "sittings": (FIRST, SECOND),
        "applicant_attendance": "",
        "visits": (),
        "read_out_by": (),
        "reports": (),
        "risk": None,
        "notes": (),
        "decisions": (),
        "actions": (),
        "agreed": Agreed(),
        "tellings": (),
        "closed_at": at(26, 14, 30),
        "plan_due_on": None,
    }
    return Record(**(whole | changes))


def words(section, **changes):
    return words_of(record(**changes)).get(section, "")


def test_each_sitting_has_its_own_attendance_under_its_day_hours_and_place():
    rows = attendance_rows((FIRST, SECOND))

    assert [(row.sitting, row.name, row.how, row.hours) for row in rows] == [
        ("Tuesday 19 January 2027, 10:03am to 11am, Town Hall", "Ann", "Present", ""),
        ("", "Bo", "Present", "10:15am to 10:50am"),
        ("", "Cy", "Not there, no apology received", ""),
        ("Tuesday 26 January 2027, 2pm to 2:30pm, Video", "Ann", "Present", ""),
        ("", "Cy", "By video or phone", "from 2:05pm"),
        ("", "Di", "Apologies", ""),
    ]


def test_the_opening_section_says_who_came_what_was_read_and_what_they_would_like():
    first = Visited("Noor Haddad", at(19, 10, 14), at(19, 10, 29), "My door mended.")
    second = Visited("Noor Haddad", at(26, 14, 5), None, "My door mended.")

    assert words(
        Section.OPENING,
        applicant_attendance="By video",
        visits=(first, second),
        read_out_by=("the chair",),
    ).split("\n") == [
        "How the applicant took part: By video",
        "Noor Haddad was there from 10:14am to 10:29am.",
        "Noor Haddad was there from 2:05pm.",
        "The statement was read out: the chair.",
        "What Noor Haddad would like to happen: My door mended.",
    ]


def test_an_adjournment_says_when_and_why():
    assert words(Section.ATTENDANCE) == (
        "Adjourned on Tuesday 19 January 2027 at 11am: The council had to ask its lawyer"
    )
    assert words(Section.ATTENDANCE, sittings=(SECOND,)) == ""


def test_what_started_at_once_and_who_tells_the_applicant_what_is_taken_over():
    adjourned = replace(
        FIRST, interim_steps="The police drive past", told_applicant="We go on next week"
    )
    telling = ShownTelling(
        number=1,
        kind="How the meeting went",
        what="It took place",
        who="Ruth Adeyemi (Coordinator)",
        way="By phone",
        due_at=at(26, 16),
        told_at=None,
        told_by="",
        is_late=False,
        may_tell=False,
    )
    found = {"sittings": (adjourned, SECOND), "tellings": (telling,)}

    assert words(Section.INTERIM, **found) == "From Tuesday 19 January 2027: The police drive past"
    assert words(Section.COMMUNICATION, **found) == (
        "Told on Tuesday 19 January 2027: We go on next week\n"
        "Ruth Adeyemi (Coordinator), by phone, by Tuesday 26 January 2027, 4pm. "
        "How the meeting went: It took place"
    )
    assert words(Section.INTERIM) == words(Section.COMMUNICATION) == ""


def test_a_required_agency_is_missed_only_where_none_of_its_people_was_there():
    assert words(Section.BODIES) == (
        "Tuesday 19 January 2027: Required and not there: Council.\n"
        "Tuesday 26 January 2027: Somebody was there for each required agency."
    )
    watched = replace(
        FIRST,
        attended=(
            *FIRST.attended,
            Attended("Ed", "Council", False, Presence.PRESENT, is_observer=True),
        ),
    )
    assert words(Section.BODIES, sittings=(watched,)) == "Required and not there: Council."


def test_reports_are_counted_by_what_the_agencies_said():
    confirmed, lost, claimed = (
        ReportState.CONFIRMED,
        ReportState.NOT_TRACED,
        ReportState.CLAIMED,
    )

    assert words(Section.TIMELINE) == ""
    assert words(Section.TIMELINE, reports=(confirmed, lost, confirmed)) == (
        "Reports: 2 confirmed by the agency that took it, 1 not traced."
    )
    assert words(Section.TIMELINE, reports=(claimed,)) == (
        "Reports: 1 claimed and not answered yet."
    )


def test_a_note_stands_in_the_section_of_its_item_or_under_its_title():
    notes = (
        Noted(Topic.PRE_BRIEF, "Pre-brief", "Sit apart."),
        Noted(Topic.ADEQUACY, "Was it enough?", "Two reports were not linked."),
        Noted(Topic.OTHER, "Parking", "Look at permits."),
        Noted(Topic.RESTRICTED, "For some", "A source."),
    )
    said = words_of(record(notes=notes, decisions=("Link reports.",)))

    assert said[Section.ADEQUACY] == "Two reports were not linked."
    assert said[Section.DECISIONS] == "Parking: Look at permits.\nLink reports."
    assert not any("Sit apart" in text or "source" in text for text in said.values())


def test_the_risk_is_said_as_it_was_and_as_it_is():
    found = RiskFound(Band.MEDIUM, Band.HIGH, "Threats since December.")

    assert words(Section.RISK, risk=found) == (
        f"Before the meeting: {Band.MEDIUM.label}. Now: {Band.HIGH.label}.\nThreats since December."
    )
    assert words(Section.RISK) == ""


def test_the_end_says_when_the_meeting_closed_and_by_when_the_plan_is_due():
    assert words(Section.NEXT, plan_due_on=dt.date(2027, 2, 2)) == (
        "The chair closed the meeting on Tuesday 26 January 2027 at 2:30pm.\n"
        "The action plan is due by Tuesday 2 February 2027."
    )


def test_an_account_starts_from_the_titles_of_what_was_shared_with_the_panel():
    assert account_of(["Call of 9 November", "Nil return"]) == (
        "Had shared with the panel: Call of 9 November; Nil return."
    )
    assert account_of([]) == ""


@given(
    st.dictionaries(st.sampled_from(Section), st.text(max_size=20)),
    st.sets(st.sampled_from(Section)),
)
def test_sections_that_say_something_are_numbered_without_a_gap(said, with_rows):
    sections = numbered(said, with_rows)
    found = [getattr(sections, section.value) for section in Section]

    numbers = [each.number for each in found if each.number]
    assert numbers == list(range(1, len(numbers) + 1))
    for section, each in zip(Section, found, strict=True):
        assert bool(each.number) == bool(section in with_rows or each.lines)
        assert all(line.strip() for line in each.lines)
