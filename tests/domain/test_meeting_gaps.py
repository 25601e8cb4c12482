"""What a meeting lacks when it is closed: said in the order of the agenda, each once."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.meeting_gaps import GapKind, MeetingFacts, gaps

WHOLE = MeetingFacts(actions={1: ()})
_NAMES = st.lists(st.sampled_from(["Ann", "Ben", "Cy"]), unique=True).map(tuple)
_FACTS = st.builds(
    MeetingFacts,
    unrecorded=_NAMES,
    absent_required=_NAMES,
    not_agreed=_NAMES,
    says_how_applicant_took_part=st.booleans(),
    is_risk_scored=st.booleans(),
    without_finding=_NAMES,
    has_decision=st.booleans(),
    actions=st.dictionaries(
        st.integers(1, 9), st.lists(st.sampled_from(["a day", "an owner"]), unique=True).map(tuple)
    ),
    is_teller_named=st.booleans(),
    inside=st.sampled_from(["", "Noor"]),
    unread=st.integers(0, 3),
    not_reached=_NAMES,
)


def test_nothing_is_missing_where_everything_is_there():
    assert gaps(WHOLE) == ()


def test_each_thing_that_is_missing_is_a_sentence():
    facts = MeetingFacts(
        unrecorded=("Ann",),
        absent_required=("Tollgate Homes",),
        not_agreed=("Ben", "Cy"),
        says_how_applicant_took_part=False,
        is_risk_scored=False,
        without_finding=("Tollgate Homes", "Hexley Council"),
        has_decision=False,
        actions={1: (), 2: ("how we will know", "words for the applicant")},
        is_teller_named=False,
        inside="Noor",
        unread=2,
        not_reached=("Lessons", "Close"),
    )

    assert [gap.sentence for gap in gaps(facts)] == [
        "Not recorded whether they were there: Ann",
        "Required and not there: Tollgate Homes",
        "There, and not yet agreed to the confidentiality statement: Ben, Cy",
        "In the room or on the call still: Noor",
        "Not recorded how the applicant took part",
        "Not recorded who read out 2 statements",
        "Risk not scored at this meeting",
        "Was what was done enough? No finding yet for: Tollgate Homes, Hexley Council",
        "No decision recorded",
        "Action 2 lacks: how we will know, words for the applicant",
        "Nobody named who tells the applicant what happens now",
        "Not come to on the agenda: Lessons, Close",
    ]
    assert [gap.number for gap in gaps(facts) if gap.kind is GapKind.ACTION] == [2]


@given(_FACTS)
def test_what_is_put_right_is_missing_no_more_and_nothing_else_changes(facts):
    found = gaps(facts)

    kinds = [gap.kind for gap in found]
    assert kinds == sorted(kinds, key=list(GapKind).index)
    assert (GapKind.NO_ACTION in kinds) == (not facts.actions)
    assert sum(kind is GapKind.ACTION for kind in kinds) == sum(
        bool(lacking) for lacking in facts.actions.values()
    )
    # No sentence is more than a line of the meeting's record.
    assert all("\n" not in gap.sentence for gap in found)
