"""A paper goes once, by the way that is safe, and turns round when that way is not any more."""

import pytest

from portal.domain.delivery import SafeWay, WhyHeld
from portal.domain.stages import IllegalMoveError
from portal.models.delivery import PostState
from portal.models.outbox import DeliveryState
from portal.services import deliveries, delivery_steps, details, documents_page, parties
from tests import cases, post
from tests.cases import actor_of, make_case, token
from tests.letters import AT

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def reference(app):
    return make_case(app, stage="assessing")


@pytest.fixture
def office(in_app, reference):
    return actor_of(cases.COORDINATOR, AT)


def _states():
    return [(each.way, each.state) for each in post.on_their_way()]


def test_before_anybody_has_said_what_is_safe_nothing_goes_and_then_it_goes_at_once(
    office, reference
):
    post.acknowledge(office, reference)

    (held,) = post.on_their_way()
    assert (held.way, held.state, held.why_held) == (None, PostState.HELD, WhyHeld.NOT_ASKED)
    assert post.mails() == []
    assert [each.label for each in deliveries.open_post(office).held] == [
        "Letter: acknowledgement, issue 1"
    ]

    post.say_safe(office, reference, post.BY_EMAIL)

    assert _states() == [(None, PostState.TAKEN_BACK), (SafeWay.EMAIL, PostState.WAITING)]
    (mail,) = post.mails()
    assert (mail.receiver, mail.person_id, mail.subject) == ("noor@example.org", None, reference)


@pytest.mark.parametrize(
    ("typed", "way"),
    [(post.BY_EMAIL, SafeWay.EMAIL), (post.BY_POST, SafeWay.POST), (post.BY_PHONE, SafeWay.PHONE)],
)
def test_each_issue_of_a_paper_for_the_applicant_goes_once_by_the_way_they_chose(
    office, reference, typed, way
):
    post.say_safe(office, reference, typed)
    post.acknowledge(office, reference)
    post.acknowledge(office, reference)

    assert _states() == [(way, PostState.WAITING)] * 2
    assert len({each.document_id for each in post.on_their_way()}) == 2
    assert len(post.mails()) == (2 if way is SafeWay.EMAIL else 0)


def test_of_the_plan_the_applicants_version_goes_and_the_panels_does_not(app, in_app, reference):
    issued = make_case(app, stage="monitoring")
    office = actor_of(cases.COORDINATOR, cases.ISSUED_AT)

    page = documents_page.open_documents(office, issued)

    assert [each.label for each in page.deliveries] == ["Action plan, applicant version, issue 1"]
    for other in (cases.CHAIR, cases.POLICE, cases.POLICE_LEAD):
        reader = actor_of(other, cases.ISSUED_AT)
        assert documents_page.open_documents(reader, issued).deliveries == ()


def test_what_the_message_says_is_a_number_and_a_link_that_is_stored_nowhere(office, reference):
    post.say_safe(office, reference, post.BY_EMAIL)
    post.acknowledge(office, reference)

    (mail,), (delivery,) = post.mails(), post.on_their_way()
    link = post.last_secret("link")
    stored = f"{mail.body} {mail.seed} {delivery.link_hash}"
    assert len(link) == 22  # 128 bits in base64
    assert link not in stored
    for word in ("Noor", "Haddad", "Quarry", "police", "Police", "social", "letter", "Letter"):
        assert word not in mail.body


@pytest.mark.parametrize("typed", [post.BY_POST, post.BY_PHONE])
def test_a_change_of_the_safe_way_ends_the_link_and_turns_round_what_was_not_opened(
    office, reference, typed
):
    post.say_safe(office, reference, post.BY_EMAIL)
    post.acknowledge(office, reference)

    post.say_safe(office, reference, typed)

    assert _states() == [(SafeWay.EMAIL, PostState.TAKEN_BACK), (typed.way, PostState.WAITING)]
    assert [mail.state for mail in post.mails()] == [DeliveryState.WITHHELD]
    (before,) = _before(office, reference)
    assert "by email, with a link" in before.sentences[0]
    assert before.changed_by == office.name


def _before(office, reference):
    party = post.applicant_id(reference)
    return post.safe_reach.open_reach(office, reference, party).before


def test_another_address_gets_a_new_link_and_the_old_one_ends(office, reference):
    post.say_safe(office, reference, post.BY_EMAIL)
    post.acknowledge(office, reference)

    _change_email(office, reference, "noor@other.example")

    assert [mail.state for mail in post.mails()] == [DeliveryState.WITHHELD, DeliveryState.WAITING]
    assert [mail.receiver for mail in post.mails()] == ["noor@example.org", "noor@other.example"]
    first, second = post.on_their_way()
    assert first.link_hash != second.link_hash
    assert first.ended_at == office.at


def _change_email(office, reference, email):
    party = post.applicant_id(reference)
    page = parties.open_party(office, reference, party)
    typed = parties.TypedParty(**vars(page.typed) | {"email": email})
    parties.change_party(office, reference, party, token(), typed, page.version, page.role)


def test_a_new_safe_contact_in_words_stops_everything_until_they_were_asked_again(
    office, reference
):
    post.say_safe(office, reference, post.BY_POST)
    post.acknowledge(office, reference)

    details.change_safe_contact(office, reference, token(), "He opens her post now.", 0)

    assert _states() == [(SafeWay.POST, PostState.TAKEN_BACK), (None, PostState.HELD)]
    post.say_safe(office, reference, post.BY_PHONE)
    assert _states()[-1] == (SafeWay.PHONE, PostState.WAITING)


def test_what_is_on_paper_already_is_not_sent_again(office, reference):
    post.say_safe(office, reference, post.BY_POST)
    post.acknowledge(office, reference)
    delivery_steps.mark(office, reference, 1, token(), done="posted")

    post.say_safe(office, reference, post.BY_PHONE)

    assert _states() == [(SafeWay.POST, PostState.GONE)]


def test_what_came_back_is_sent_again_by_the_way_that_is_safe_now(office, reference):
    post.say_safe(office, reference, post.BY_POST)
    post.acknowledge(office, reference)
    with pytest.raises(IllegalMoveError):
        delivery_steps.mark(office, reference, 1, token(), done="came_back")

    first = token()
    for _ in range(2):
        delivery_steps.mark(office, reference, 1, first, done="posted")
    delivery_steps.mark(office, reference, 1, token(), done="came_back")
    post.say_safe(office, reference, post.BY_PHONE)
    assert _states() == [(SafeWay.POST, PostState.CAME_BACK)]
    delivery_steps.mark(office, reference, 1, token(), done="again")

    assert _states() == [(SafeWay.POST, PostState.TAKEN_BACK), (SafeWay.PHONE, PostState.WAITING)]
    page = deliveries.open_delivery(office, reference, 1)
    assert [step.what for step in page.steps] == ["On its way", "Posted", "Came back"]


def test_the_script_reads_out_the_letter_and_a_call_is_kept_with_what_was_said(office, reference):
    post.say_safe(office, reference, post.BY_PHONE)
    post.acknowledge(office, reference)

    page = delivery_steps.open_call(office, reference, 1)
    assert not page.may_leave_message
    assert (page.phone, page.times) == ("01632 960199", "After 6pm")
    said = " ".join(text for each in page.paragraphs for text, _ in each.parts)
    assert reference in said
    for came_of_it in ("tried", "read_out"):
        delivery_steps.record_call(
            office, reference, 1, token(), came_of_it=came_of_it, words="She was at work."
        )

    assert _states() == [(SafeWay.PHONE, PostState.GONE)]
    steps = deliveries.open_delivery(office, reference, 1).steps
    assert [(step.what, step.words) for step in steps[1:]] == [
        ("Rang, and did not reach them", "She was at work."),
        ("Rang, and read it out", "She was at work."),
    ]
