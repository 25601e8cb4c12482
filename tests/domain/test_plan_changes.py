import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.plan_changes import Stood, differences

DAY = dt.date(2027, 1, 29)
DOOR = Stood(
    number=3,
    what="Fit safety glass",
    owner="Tom Beddoes, Tollgate Homes",
    due_on=DAY,
    how_we_know="Photo",
    words="Tollgate Homes will mend your door.",
    is_superseded=False,
)
CAMERA = Stood(
    number=2,
    what="Camera",
    owner="Marie Castell, Hexley Council",
    due_on=DAY,
    how_we_know="Sheet",
    words="",
    is_superseded=False,
)


def changed(stood, **values):
    return Stood(**(vars(stood) | values))


def test_a_new_day_is_told_to_both_each_in_their_words():
    later = changed(DOOR, due_on=dt.date(2027, 2, 5))

    found = differences([DOOR], [later])

    days = "Friday 5 February 2027 instead of Friday 29 January 2027"
    assert found.panel == (f"Action 3 has a new day: {days}",)
    assert found.applicant == (f"New day, {days}: {DOOR.words}",)


def test_new_and_superseded_actions_are_told_and_a_new_owner_is_named():
    gone = changed(DOOR, is_superseded=True)
    new = changed(DOOR, number=4, words="You get one person to call.")
    other = changed(DOOR, owner="Ada Moss, Tollgate Homes")

    assert differences([DOOR], [gone, new]).panel == ("Action 3 is superseded", "Action 4 is new")
    assert differences([DOOR], [gone, new]).applicant == (
        f"No longer in your plan: {DOOR.words}",
        "New: You get one person to call.",
    )
    assert differences([DOOR], [other]).applicant == (
        f"Ada Moss, Tollgate Homes does this now: {DOOR.words}",
    )


STATES = st.builds(
    Stood,
    number=st.integers(1, 4),
    what=st.sampled_from(["panel-a", "panel-b"]),
    owner=st.sampled_from(["Marie", "Tom"]),
    due_on=st.sampled_from([DAY, None]),
    how_we_know=st.sampled_from(["panel-c", "panel-d"]),
    words=st.sampled_from(["", "theirs-a", "theirs-b"]),
    is_superseded=st.booleans(),
)
PLANS = st.lists(STATES, unique_by=lambda each: each.number)


@given(before=PLANS, now=PLANS)
def test_the_applicant_reads_no_words_of_the_panel_and_nothing_of_what_they_are_not_told(
    before, now
):
    found = differences(before, now)
    untold = differences(
        [changed(each, words="") for each in before], [changed(each, words="") for each in now]
    )

    assert "panel-" not in "".join(found.applicant)
    assert untold.applicant == ()
    assert differences(now, now).panel == ()


def test_an_action_that_the_applicant_is_not_told_changes_for_the_panel_alone():
    later = changed(CAMERA, due_on=dt.date(2027, 3, 1), what="Two cameras")

    found = differences([CAMERA], [later])

    assert len(found.panel) == 2
    assert found.applicant == ()
