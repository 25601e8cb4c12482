"""A case from the phone call to the issued plan, each person in their own browser."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from portal.domain.dates import LONDON
from tests.journeys.chair import Chair
from tests.journeys.conftest import Server
from tests.journeys.people import AgencyRepresentative, Coordinator
from tests.journeys.review import Review

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

TODAY = dt.date(2027, 1, 14)
MEETING_DAY = dt.date(2027, 1, 21)

NAME = "Leonie Marsh"
RESPONDENT = "Craig Dunstan"
SAFE_CONTACT = "Text first. No letters to the home."
ADDRESS = "2 Tanner Row, Hexley"
SUMMARY = "Threats at the door and paint on the car, four times since autumn."
APPLICANTS_WORDS = "“He stood at my door and said that he knows my shifts.”"

INTELLIGENCE = "A source says that he carries a blade at night."
ON_RECORD = "Two complaints were closed without a visit."
TOLD_INSTEAD = "You told us twice, and we closed it without coming to see you."
FOR_THE_PANEL = "The tenancy was reviewed in December; the locks were changed."

SECRET_ACTION = "Speak with the neighbour under caution"
WHY_SECRET = "It would warn the other person."
OPEN_ACTION = "Visit every week until the end of March"
WORDS_FOR_HER = "An officer will come to see you every week until the end of March."
AGREED = "What was done before was not enough. We are sorry."


@pytest.fixture
def review(server: Server, meet: Callable[..., Any]) -> Review:
    return Review(
        server,
        meet(Coordinator, "coordinator@wharrow-lpb.example"),
        meet(AgencyRepresentative, "police@wharrow-police.example"),
        meet(AgencyRepresentative, "council@hexley.example"),
        meet(AgencyRepresentative, "housing@tollgate.example"),
        meet(AgencyRepresentative, "fire@wharrow-fire.example"),
        meet(Chair, "chair@chairs.example"),
    )


def test_a_case_goes_from_the_phone_call_to_the_issued_plan(review: Review):
    for person in review.everybody():
        person.sign_in()

    _the_phone_call(review)
    _the_threshold(review)
    _the_panel(review)
    _what_the_agencies_share(review)
    _the_chair_declares(review)
    _who_reads_what(review)
    _the_invites(review)
    _a_week_later(review)
    _the_meeting(review)
    _the_draft(review)
    _the_plan_is_issued(review)
    _who_has_which_version(review)
    for person in review.everybody():
        person.sign_out()


def _the_phone_call(review: Review) -> None:
    coordinator = review.coordinator
    review.reference = reference = coordinator.type_in_case(
        received_on=TODAY,
        time="8:30am",
        area="Hexley",
        name=NAME,
        safe_contact=SAFE_CONTACT,
        address=ADDRESS,
        phone="01632 960190",
        email="leonie@post.example",
        place="Tanner Row, Hexley",
        summary=SUMMARY,
    )
    coordinator.sees("Still to ask", "Not asked yet", SUMMARY)
    coordinator.open_case(reference)
    coordinator.sees(f"Safe contact: {SAFE_CONTACT}", SUMMARY, ADDRESS, "01632 960190")
    coordinator.add_incident(
        reference,
        on=dt.date(2026, 11, 2),
        title="Threat at the door",
        account=APPLICANTS_WORDS,
        reported_to="Wharrow Valley Police",
        reported_on=dt.date(2026, 11, 3),
        how="Phone",
    )
    coordinator.sees(APPLICANTS_WORDS, "Phone")
    coordinator.add_respondent(reference, RESPONDENT)
    coordinator.sees(f"Person complained about: {RESPONDENT}")
    coordinator.acknowledge(reference, TODAY)
    assert coordinator.saved == "Acknowledged. The agencies’ clock runs"
    for person in (*review.panel(), review.chair):
        person.open("/cases")
        person.does_not_see(reference, NAME)
        person.is_refused(f"/cases/{reference}")


def _the_threshold(review: Review) -> None:
    coordinator = review.coordinator
    bodies = ("Wharrow Valley Police", "Hexley Council")
    coordinator.fill_in_threshold(review.reference, TODAY, *bodies)
    refused = coordinator.press("Record the decision")

    assert refused is not None
    assert refused.status == 422
    assert coordinator.errors == [("Write your reasons: the applicant reads them", "#reasons")]
    assert coordinator.page.title().startswith("Error: ")
    coordinator.page.locator(".govuk-error-summary a").click()
    assert coordinator.field("Reasons").evaluate("each => each === document.activeElement")
    assert coordinator.answer("Is the threshold met?", "Met: there will be a review").is_checked()
    day = coordinator.question("When was it decided?")
    typed = [day.get_by_label(part, exact=True).input_value() for part in ("Day", "Month", "Year")]
    assert typed == ["14", "1", "2027"]
    ticked = coordinator.question("Which bodies agreed?").locator(":checked + label")
    assert sorted(ticked.all_inner_texts()) == sorted(bodies)

    coordinator.type("Reasons", "Three reports of the same problem in six months.")
    coordinator.press("Record the decision")
    assert coordinator.saved == "Decision recorded. Now tell the applicant by letter"
    coordinator.sees("Yes. There will be a review of your case.", "nothing is left to do")
    coordinator.tick("I have read this letter from start to end")
    coordinator.press("Issue the letter")
    assert coordinator.saved == "The letter is issued, as issue 1"
    coordinator.open_case(review.reference)
    coordinator.sees("Threshold met", "Agreed by Hexley Council, Wharrow Valley Police")
    coordinator.sees("Letter issued: threshold met")


def _the_panel(review: Review) -> None:
    coordinator, reference = review.coordinator, review.reference
    for agency, person, needed in (
        ("Wharrow Valley Police", "Sgt Daniel Okafor", True),
        ("Hexley Council", "Marie Castell", True),
        ("Tollgate Homes", "Tom Beddoes", True),
        ("Wharrow Fire and Rescue", "Callum Reid", False),
    ):
        coordinator.seat(reference, agency, needed=needed)
        coordinator.name_agency_representative(reference, person)
    coordinator.appoint(reference, "Margaret Lyle")
    coordinator.sees("Margaret Lyle. Has not declared yet, and sees names, place and reference")


def _what_the_agencies_share(review: Review) -> None:
    reference = review.reference
    for person in review.panel():
        person.open("/cases")
        person.sees(NAME, reference)
        person.open_case(reference)
        person.sees(f"Safe contact: {SAFE_CONTACT}", SUMMARY, APPLICANTS_WORDS)
        person.does_not_see(ADDRESS, "01632 960190", "leonie@post.example")

    review.police.write_item(
        reference,
        title="Intelligence",
        content=INTELLIGENCE,
        who="Only the chair and the coordinator",
        told="No",
    )
    count, names = review.police.readers()
    assert count == 3
    for name in ("Sgt Daniel Okafor", "Insp Lena Marsh", "Ruth Adeyemi"):
        assert name in names
    review.police.share_checked()

    review.council.write_item(
        reference,
        title="Two complaints",
        content=ON_RECORD,
        who="Statutory agencies",
        told="Yes, in these words",
        words=TOLD_INSTEAD,
    )
    count, names = review.council.readers()
    assert count == 5
    assert "Tom Beddoes (Tollgate Homes)" in names
    assert "Callum Reid" not in names
    review.council.sees(f"{NAME} reads instead:", TOLD_INSTEAD)
    review.council.share_checked()

    review.housing.write_item(
        reference,
        title="Tenancy",
        content=FOR_THE_PANEL,
        who="Panel",
        told="Yes, as I wrote it above",
    )
    assert review.housing.readers()[0] == 6
    review.housing.share_checked()


def _the_chair_declares(review: Review) -> None:
    chair, reference = review.chair, review.reference
    for page in ("", "reports", "shared", "people", "meeting", "documents"):
        chair.open_case(reference, page)
        assert chair.path == f"/cases/{reference}/declare"
    chair.sees(reference, "Tanner Row, Hexley", NAME, RESPONDENT)
    chair.does_not_see(SAFE_CONTACT, SUMMARY, ADDRESS, APPLICANTS_WORDS)
    chair.does_not_see(INTELLIGENCE, ON_RECORD, FOR_THE_PANEL, "Intelligence", "Okafor")

    chair.declare_none(reference)

    assert chair.path == f"/cases/{reference}"
    chair.sees(SAFE_CONTACT, SUMMARY, ON_RECORD, FOR_THE_PANEL)


def _who_reads_what(review: Review) -> None:
    reference = review.reference
    for person in (review.coordinator, review.chair):
        person.open_case(reference)
        person.sees("Intelligence", "The text is one click away", ON_RECORD, FOR_THE_PANEL)
        person.does_not_see(INTELLIGENCE)
        person.press(re.compile("^Read it ?: Intelligence$"))
        person.sees(INTELLIGENCE, "Do not raise it in front of the rest of the panel")
    secret_item = review.chair.path

    review.police.open_case(reference, "shared")
    review.police.sees("Intelligence", "Two complaints", "Tenancy")
    for person in (review.council, review.housing, review.fire):
        for page in ("", "shared"):
            person.open_case(reference, page)
            person.sees("Tenancy")
            person.does_not_see(INTELLIGENCE, "Intelligence")
        person.is_refused(secret_item)
    review.housing.open_case(reference)
    review.housing.sees(ON_RECORD)
    review.fire.open_case(reference)
    review.fire.sees(FOR_THE_PANEL)
    review.fire.does_not_see("Two complaints", ON_RECORD, TOLD_INSTEAD)


def _the_invites(review: Review) -> None:
    coordinator, reference = review.coordinator, review.reference
    coordinator.book_meeting(
        reference,
        on=MEETING_DAY,
        starts="10am",
        ends="11:30am",
        place="Hexley Civic Centre, room 4",
        panel_link="https://meet.example/panel-side",
        applicant_link="https://meet.example/her-side",
    )
    coordinator.press("Send the invites")
    coordinator.sees("7 people of the panel get this invite", "Callum Reid", "leonie@post.example")
    coordinator.press("Send the invites")
    assert coordinator.saved == "8 invites are on their way"
    assert review.server.deliver() == 8 + 4  # four bodies were told of the request, by law

    coordinator.open("/sent-messages")
    coordinator.sees("To leonie@post.example", "To chair@chairs.example", "Sent.")
    messages = coordinator.page.locator(".app-card")
    assert messages.count() == 8 + 4
    hers = messages.filter(has_text="To leonie@post.example").text_content() or ""
    assert "https://meet.example/her-side" in hers.replace("\r\n ", "").replace("\n ", "")
    for word in (RESPONDENT, "panel-side", "police@", "hexley.example", "Okafor", NAME):
        assert word not in hers
    review.police.open("/sent-messages")
    assert review.police.page.locator(".app-card").count() == 1
    review.police.does_not_see("leonie@post.example", "her-side")
    review.police.open_case(reference, "meeting")
    review.police.sees("Hexley Civic Centre, room 4", "https://meet.example/panel-side")
    review.police.does_not_see("her-side")


def _a_week_later(review: Review) -> None:
    at = dt.datetime.combine(MEETING_DAY, dt.time(9, 55), tzinfo=LONDON)
    review.server.clock.move_to(at)
    for person in review.everybody():
        person.open(f"/cases/{review.reference}")
        assert person.path.startswith("/sign-in?next="), "A week later nobody is signed in."
        person.sign_in()


def _the_meeting(review: Review) -> None:
    chair, reference = review.chair, review.reference
    review.coordinator.open_case(reference)
    assert review.coordinator.open(f"/cases/{reference}/meeting/run") == 403
    chair.open_case(reference)
    chair.press("Lead the meeting")
    chair.press("Open the meeting")
    assert chair.saved == "The meeting is open"
    band = chair.page.get_by_role("region", name="Who may look at this screen")
    assert "Panel only." in band.inner_text()
    chair.sees("Tenancy", FOR_THE_PANEL)
    chair.does_not_see(INTELLIGENCE, "Intelligence", ON_RECORD, ADDRESS)

    chair.record_attendance(
        {
            "Sgt Daniel Okafor (Wharrow Valley Police)": "Present",
            "Marie Castell (Hexley Council)": "By video or phone",
            "Tom Beddoes (Tollgate Homes)": "Apologies",
        },
        applicant="By phone for the opening section",
    )
    chair.sees("Required and not here: Tollgate Homes")
    chair.add_decision("What was done before the review was not enough.")
    chair.add_decision("The police lead from here.")
    assert review.police.open(f"/cases/{reference}/meeting/live") == 200
    chair.add_action(
        1,
        weeks=4,
        what=OPEN_ACTION,
        owner="Marie Castell (Hexley Council)",
        how_we_know="A note of each visit",
        words=WORDS_FOR_HER,
    )
    chair.add_action(
        2,
        weeks=1,
        what=SECRET_ACTION,
        owner="Sgt Daniel Okafor (Wharrow Valley Police)",
        how_we_know="Police record",
        reason=WHY_SECRET,
    )
    chair.sees("Actions so far: 2", "The police lead from here.")
    # Nobody has touched the other page since: its script has asked.
    review.police.page.get_by_text(OPEN_ACTION).wait_for(timeout=8000)
    chair.press("Close the meeting")
    chair.sees("Nobody named who tells the applicant what happens now")
    chair.press("Close the meeting")
    assert chair.saved == "The meeting is closed, and the plan’s clock has started"


def _the_draft(review: Review) -> None:
    coordinator, chair, reference = review.coordinator, review.chair, review.reference
    coordinator.write_draft(reference, AGREED)
    coordinator.consult(reference, "Leonie", said="Content with the draft.", on=MEETING_DAY)
    coordinator.sees("The police lead from here.", AGREED, WORDS_FOR_HER, WHY_SECRET)
    coordinator.sees("1 thing to decide", "The chair has checked the draft as it stands")
    for person in review.panel():
        assert person.open(f"/cases/{reference}/plan") == 403

    chair.open_case(reference, "plan")
    chair.press("I have checked this draft")

    assert chair.saved == "The draft is checked"


def _the_plan_is_issued(review: Review) -> None:
    coordinator, reference = review.coordinator, review.reference
    coordinator.open_case(reference, "plan")
    coordinator.sees("nothing is left to decide")
    refused = coordinator.press("Issue both versions")
    assert refused is not None
    assert refused.status == 422
    sentence = "Confirm that you have read the applicant version"
    assert [each for each, _ in coordinator.errors] == [sentence]

    coordinator.tick("I have read the applicant version from start to end")
    coordinator.press("Issue both versions")

    assert coordinator.saved == "Both versions are issued, as issue 1"
    assert review.server.deliver() == 7
    coordinator.open("/sent-messages")
    coordinator.sees(f"Something is waiting for you on {reference}.")


def _who_has_which_version(review: Review) -> None:
    reference = review.reference
    panel_link, applicant_link = _links(review.coordinator, reference)
    applicants = f"/cases/{reference}/documents/action-plan-applicant-1.docx"
    for person in review.panel():
        person.open_case(reference, "documents")
        person.does_not_see("action-plan-applicant")
        person.is_refused(applicants)
    review.fire.open_case(reference, "documents")
    for_panel = review.fire.download(panel_link)
    for words in (SECRET_ACTION, OPEN_ACTION, "The police lead from here.", SAFE_CONTACT):
        assert words in for_panel
    for words in (INTELLIGENCE, ON_RECORD, ADDRESS):
        assert words not in for_panel

    review.coordinator.open_case(reference, "documents")
    assert review.coordinator.download(panel_link) == for_panel
    for_her = review.coordinator.download(applicant_link)
    for words in (AGREED, WORDS_FOR_HER):
        assert words in for_her
    for words in (SECRET_ACTION, WHY_SECRET, RESPONDENT, INTELLIGENCE, ON_RECORD, FOR_THE_PANEL):
        assert words not in for_her


def _links(coordinator: Coordinator, reference: str) -> tuple[str, str]:
    coordinator.open_case(reference, "documents")
    names = coordinator.page.locator("main .app-lines a", has_text="(Word)").all_inner_texts()
    panel = [name for name in names if "anel" in name]
    applicant = [name for name in names if "pplicant" in name]
    # Besides both plans the letter that told of the decision.
    assert (len(names), len(panel), len(applicant)) == (3, 1, 1), names
    return panel[0], applicant[0]
