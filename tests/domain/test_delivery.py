"""By which way a paper may go to somebody, against the words of the content rules."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.answers import Answer
from portal.domain.delivery import Reach, SafeWay, WhyHeld, by_way, why_held

answers = st.sampled_from([None, *Answer])
reaches = st.builds(
    Reach,
    way=st.sampled_from([None, *SafeWay]),
    email_is_safe=answers,
    post_is_safe=answers,
    email=st.sampled_from(["", "noor@example.org", "a@x.example, b@evil.example"]),
    address=st.sampled_from(["", "  ", "2 Quarry Rise"]),
    phone=st.sampled_from(["", "01632 960199"]),
    may_be_told=st.booleans(),
)


@given(reaches)
def test_nothing_goes_by_a_way_that_was_not_called_safe_or_leads_nowhere(reach):
    if why_held(reach) is not None:
        return
    assert reach.may_be_told
    if reach.way is SafeWay.EMAIL:
        assert (reach.email_is_safe, reach.email) == (Answer.YES, "noor@example.org")
    elif reach.way is SafeWay.POST:
        assert (reach.post_is_safe, reach.address) == (Answer.YES, "2 Quarry Rise")
    else:
        assert (reach.way, reach.phone) == (SafeWay.PHONE, "01632 960199")


@given(reaches, st.sampled_from(SafeWay))
def test_another_way_is_as_strict_and_asks_who_was_not_asked(reach, way):
    other = by_way(reach, way)

    assert why_held(other) is why_held(by_way(other, way))
    if reach.way is None:
        assert why_held(other) in {WhyHeld.NOT_ASKED, WhyHeld.CONSENT}


def test_what_is_asked_first_is_consent_then_the_way_then_whether_it_is_safe():
    whole = {"email": "noor@example.org", "email_is_safe": Answer.YES, "way": SafeWay.EMAIL}

    assert why_held(Reach(**whole)) is None
    assert why_held(Reach(**whole | {"email": ""})) is WhyHeld.NO_ADDRESS
    for unsafe in (None, Answer.NO, Answer.NOT_KNOWN):
        assert why_held(Reach(**whole | {"email_is_safe": unsafe})) is WhyHeld.NOT_SAFE
    assert why_held(Reach(**whole | {"way": None})) is WhyHeld.NOT_ASKED
    assert why_held(Reach(**whole | {"may_be_told": False})) is WhyHeld.CONSENT
