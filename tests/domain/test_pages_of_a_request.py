"""The pages of a request: one list, so that next, back and what is left always agree."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain import request_pages
from portal.domain.request_draft import (
    DraftAnswers,
    DraftIncident,
    Filled,
    Place,
    from_json,
    to_json,
)

_NAMES = [page.name for page in request_pages.PAGES]
_FILLED = st.builds(
    Filled,
    st.dictionaries(st.sampled_from(["a", "b"]), st.tuples(st.text(max_size=5)), max_size=2),
    st.booleans(),
)
_WHO = st.sampled_from(["", "me", "someone_else", "business", "group", "nobody"]).map(
    lambda whom: Filled({"for_whom": (whom,)}, is_done=True)
)


@st.composite
def _answers(draw):
    pages = draw(st.dictionaries(st.sampled_from(_NAMES), _FILLED)) | {"who": draw(_WHO)}
    incidents = draw(
        st.lists(st.builds(DraftIncident, _FILLED, st.lists(_FILLED, max_size=2).map(tuple)))
    )
    return DraftAnswers(pages, tuple(incidents[:3]))


@given(_answers())
def test_next_and_back_are_each_others_way_and_lead_over_every_page_once(answers):
    asked = [page.name for page in request_pages.pages_for(answers)]

    walked = ["who"]
    while (name := request_pages.after(answers, walked[-1])) is not None:
        assert request_pages.before(answers, name) == walked[-1]
        walked.append(name)

    assert walked == asked
    assert len(set(walked)) == len(walked)
    assert [request_pages.number_of(answers, name)[0] for name in walked] == [
        *range(1, len(walked) + 1)
    ]


@given(_answers())
def test_filling_in_what_is_open_always_ends_at_the_check(answers):
    done = Filled({}, is_done=True)
    for _ in range(40):
        name = request_pages.first_open(answers)
        if name is None:
            break
        assert name in {page.name for page in request_pages.pages_for(answers)}
        if name == request_pages.INCIDENTS:
            incidents = tuple(
                DraftIncident(done, tuple(done for _ in each.reports)) for each in answers.incidents
            )
            answers = DraftAnswers(answers.pages, incidents)
        answers = answers.put(Place(name), done)

    assert request_pages.first_open(answers) is None


@given(_answers())
def test_what_is_stored_is_read_again_as_it_was(answers):
    assert from_json(to_json(answers)) == answers


def test_who_asks_for_somebody_else_is_asked_about_them_and_nobody_else_is():
    pages = {"who": Filled({"for_whom": ("someone_else",)}, is_done=True)}

    asked = {page.name for page in request_pages.pages_for(DraftAnswers(pages))}

    assert "victim" in asked
    assert not asked & {"business", "group"}
