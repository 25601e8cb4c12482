"""The people of the journeys, each at a browser of their own, and what they do there."""

import datetime as dt
import io
import re
import zipfile

from playwright.sync_api import Browser, Locator, Page, Response

from portal.jobs.demo_people import PASSPHRASE
from tests.journeys.watching import WIDE, Watch

# A pattern where a part of the name is for screen readers only.
Name = str | re.Pattern[str]


class Person:
    """Somebody who signs in. Every page they come to is looked at by ``Watch``."""

    def __init__(self, browser: Browser, origin: str, email: str, *, script: bool) -> None:
        self.email = email
        self._has_script = script
        self._context = browser.new_context(
            base_url=origin,
            viewport=WIDE,
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=script,
        )
        self._context.set_default_timeout(15_000)
        self._watch = Watch(self._context, origin)
        self.page: Page = self._context.new_page()

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()

    # Moving about

    def open(self, path: str) -> int:
        """Open an address; return the status of the answer."""
        answer = self.page.goto(path)
        assert answer is not None
        self.look()
        return answer.status

    def press(self, name: Name) -> Response | None:
        """Press the button or the link that is called so, and wait for the page it leads to."""
        with self.page.expect_navigation() as going:
            self.named(name).click()
        self.look()
        return going.value

    def named(self, name: Name) -> Locator:
        """Find the button or link that is called so."""
        return self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )

    def look(self) -> None:
        """Have the page looked over."""
        if self._has_script:
            self._watch.look(self.page)

    # Signing in and out

    def sign_in(self) -> None:
        """Come in by the front door."""
        self.open("/")
        self.press("Sign in")
        self.type("Email address", self.email)
        self.type("Passphrase", PASSPHRASE)
        self.press("Sign in")
        assert self.path == "/home", self.main

    def sign_out(self) -> None:
        """Leave the portal."""
        self.press("Sign out")
        assert self.path == "/sign-in"

    # Filling in

    def type(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def type_day(self, question: str, day: dt.date) -> None:
        """Type a day into its three parts."""
        group = self.question(question)
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(label, exact=True).fill(str(part))

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer."""
        self.answer(question, answer).check()

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_label(label, exact=True).check()

    def select(self, label: str, option: str) -> None:
        """Select from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def question(self, question: str) -> Locator:
        """Find a question with several answers or parts."""
        return self.page.get_by_role("group", name=question, exact=True)

    def answer(self, question: str, answer: str) -> Locator:
        """Find an answer to a question."""
        return self.question(question).get_by_label(answer, exact=True)

    def field(self, label: str) -> Locator:
        """Find the field with this label."""
        return self.page.get_by_label(label, exact=True)

    # Reading

    @property
    def path(self) -> str:
        """Where they are."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return _plain(self.page.locator("h1").inner_text())

    @property
    def main(self) -> str:
        """All text between header and footer, what is folded up as well."""
        return _plain(self.page.locator("main").text_content() or "")

    @property
    def source(self) -> str:
        """Everything that was sent: what must not be known must not be in here either."""
        return self.page.content()

    @property
    def saved(self) -> str:
        """The sentence of the green banner."""
        return _plain(self.page.locator(".govuk-notification-banner__heading").inner_text())

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Sentence and link of each error at the top."""
        links = self.page.locator(".govuk-error-summary a")
        return [(_plain(a.inner_text()), a.get_attribute("href") or "") for a in links.all()]

    def sees(self, *texts: str) -> None:
        """All of it can be read here."""
        missing = [text for text in texts if text not in self.main]
        assert not missing, f"{self.email} does not see {missing} on {self.path}: {self.main}"

    def does_not_see(self, *texts: str) -> None:
        """Nothing of it was sent here."""
        there = [text for text in texts if text in self.source]
        assert not there, f"{self.email} gets {there} on {self.path}"

    def is_refused(self, path: str) -> None:
        """For this person there is nothing at the address."""
        status = self.open(path)
        assert (status, self.h1) == (404, "Page not found"), f"{self.email}: {path} is {status}"

    def readers(self) -> tuple[int, str]:
        """Number and names of those who can read the item, as the check page says them."""
        found = re.search(r"(\d+) (?:person|people) can read this: (.*?)\.", self.main)
        assert found, self.main
        return int(found[1]), found[2]

    def download(self, link: str) -> str:
        """Download a Word file and return what it says."""
        with self.page.expect_download() as coming:
            self.named(link).click()
        with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as word:
            parts = [word.read(name).decode() for name in word.namelist() if name.endswith(".xml")]
        return " ".join(_plain(re.sub(r"<[^>]+>", " ", part)) for part in parts)

    # On a case

    def open_case(self, reference: str, page: str = "") -> None:
        """Open a page of a case."""
        status = self.open(f"/cases/{reference}/{page}".rstrip("/"))
        assert status == 200, f"{self.email}: {page or 'the case'} of {reference} is {status}"

    def write_item(
        self,
        reference: str,
        *,
        title: str,
        content: str,
        who: str,
        told: str,
        words: str = "",
        on: dt.date = dt.date(2026, 11, 9),
    ) -> None:
        """Fill in the form for sharing and go as far as the page that names the readers."""
        self.open_case(reference)
        self.press("Share information")
        self.type("What is it, in a few words?", title)
        self.type_day("When did it happen?", on)
        self.type("What should the case know?", content)
        self.choose("Who may read it?", who)
        self.choose("May the applicant be told?", told)
        if words:
            self.type("Words for the applicant", words)
        self.press("Check before you share")
        assert "Check before you share" in self.main, self.main

    def share_checked(self) -> None:
        """Share what stands on the check page."""
        count, _ = self.readers()
        people = "1 person" if count == 1 else f"{count} people"
        self.press(f"Share with {people}")
        assert self.saved == f"Shared with {people}"


class AgencyRepresentative(Person):
    """Somebody who sits on a panel for an agency."""


class Coordinator(Person):
    """The coordinator of the area."""

    def type_in_case(self, *, received_on: dt.date, **typed: str) -> str:
        """Type in a request from a phone call; return its reference."""
        self.open("/home")
        self.press("Type in a case")
        self.type_day("When did the request reach the office?", received_on)
        self.type("At what time?", typed["time"])
        self.choose("How did it reach the office?", "Phone")
        self.select("Local government area", typed["area"])
        self.choose("Who asks for the review?", "The victim")
        self.type("Name of the victim", typed["name"])
        self.choose("The victim is", "A person")
        self.type("How is it safe to reach the applicant?", typed["safe_contact"])
        self.type("Address (optional)", typed["address"])
        self.type("Phone (optional)", typed["phone"])
        self.type("Email (optional)", typed["email"])
        self.type("Where does it happen?", typed["place"])
        self.type("What is the case about?", typed["summary"])
        self.press("Add the case")
        found = re.fullmatch(r"Case (ACR-\w{4}-\w{4}) added", self.saved)
        assert found, self.saved
        return found[1]

    def add_incident(
        self,
        reference: str,
        *,
        on: dt.date,
        title: str,
        account: str,
        reported_to: str,
        reported_on: dt.date,
        how: str,
    ) -> None:
        """Add what happened, and to whom it was reported."""
        self.open_case(reference, "reports")
        self.press("Add an incident")
        self.type_day("When did it happen?", on)
        self.type("What was it, in a few words?", title)
        self.type("What happened, in the applicant’s words?", account)
        self.choose("Was it reported?", "Yes")
        self.type_day("When was it reported?", reported_on)
        self.select("To whom?", reported_to)
        self.choose("How?", how)
        self.press("Add the incident")
        assert self.saved == "Incident added"

    def add_respondent(self, reference: str, name: str) -> None:
        """Add the person complained about."""
        self.open_case(reference, "people")
        self.press("Add a party")
        self.choose("What are they in this case?", "Person complained about")
        self.choose("They are", "A person")
        self.type("Name", name)
        self.press("Add")
        assert self.saved == "Added to the case"

    def acknowledge(self, reference: str, on: dt.date) -> None:
        """Record that the request was acknowledged and passed on."""
        self.open_case(reference)
        self.press("Acknowledge the request")
        question = "When did you acknowledge the request and pass it to the relevant bodies?"
        self.type_day(question, on)
        self.press("Record")

    def fill_in_threshold(self, reference: str, on: dt.date, *bodies: str) -> None:
        """Fill in the decision as met, all but the reasons."""
        self.open_case(reference)
        self.press("Record the threshold decision")
        self.choose("Is the threshold met?", "Met: there will be a review")
        self.type_day("When was it decided?", on)
        for body in bodies:
            self.choose("Which bodies agreed?", body)
            self.type(f"Who said so for {body}?", "Who speaks for it")
            self.type_day(f"When did {body} say so?", on)

    def seat(self, reference: str, agency: str, *, needed: bool = True) -> None:
        """Give an agency a seat."""
        self.open_case(reference, "people")
        self.press("Add an agency")
        self.select("Which agency?", agency)
        if needed:
            self.tick("The meeting needs this agency")
        self.press("Add to the panel")
        assert self.saved == "The agency is on the panel"

    def name_agency_representative(self, reference: str, name: str) -> None:
        """Name who sits on the panel for an agency."""
        self.open_case(reference, "people")
        self.press("Name somebody for an agency")
        self.select("Who?", name)
        self.press("Name for this case")
        assert self.saved == "Named. They can open the case now"

    def appoint(self, reference: str, chair: str) -> None:
        """Appoint the chair."""
        self.open_case(reference, "people")
        self.press("Appoint the chair")
        self.select("Who chairs?", chair)
        self.press("Appoint")
        assert self.saved == "The chair is appointed and has now to declare"

    def book_meeting(self, reference: str, *, on: dt.date, **typed: str) -> None:
        """Book the meeting."""
        self.open_case(reference, "meeting")
        self.press("Book the meeting")
        self.type_day("On which day?", on)
        self.type("When does it start?", typed["starts"])
        self.type("When does it end?", typed["ends"])
        self.type("Where?", typed["place"])
        self.type("Link to join by video, for the panel (optional)", typed["panel_link"])
        own = "Link to join by video, for the applicant (optional)"
        self.type(own, typed["applicant_link"])
        self.press("Book the meeting")
        assert self.saved == "Meeting booked"

    def write_draft(self, reference: str, agreed: str) -> None:
        """Write what the plan says besides the actions."""
        self.open_case(reference, "plan")
        self.press("Write the draft")
        self.type("What was agreed, in words for the applicant", agreed)
        self.press("Save the draft")
        assert self.saved == "Draft saved"

    def consult(self, reference: str, name: str, *, said: str, on: dt.date) -> None:
        """Ask the applicant by phone, and write down what they say."""
        self.open_case(reference, "plan")
        self.press(f"Consult {name}")
        self.choose("How do you ask them?", "By phone")
        self.press("Begin")
        self.choose("What came of it?", "They said what they think")
        self.type("What did they say? Word for word", said)
        self.type_day("On which day?", on)
        self.type("What was changed because of it, or why not?", "Nothing: they are content.")
        self.press("Keep what came of it")
        assert self.saved == "What they said is kept"
        self.open_case(reference, "plan")


def _plain(text: str) -> str:
    return " ".join(text.split())
