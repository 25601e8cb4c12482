"""The chair of a review at their browser."""

import re
from typing import Any

from tests.journeys.people import Person


class Chair(Person):
    """The chair of a review."""

    def declare_none(self, reference: str) -> None:
        """Declare to have no conflict of interest."""
        self.choose("Do you have a conflict of interest in this case?", "No, I have none")
        self.press("Declare")
        assert self.saved == "You have declared that you have no conflict of interest"

    def record_attendance(self, presences: dict[str, str], applicant: str) -> None:
        """Record who is here."""
        self.press("Change who is here")
        for person, presence in presences.items():
            self.choose(person, presence)
        self.type("How did the applicant take part?", applicant)
        self.press("Save who is here")
        assert self.saved == "Attendance saved"

    def add_decision(self, decision: str) -> None:
        """Record a decision."""
        self.type("What was decided, and why?", decision)
        self.press("Add the decision")
        assert self.saved == "Decision added"

    def add_action(self, number: int, *, weeks: int, **typed: Any) -> None:
        """Record an action with what can wait until the plan."""
        self.type("What will be done?", typed["what"])
        self.select("Who owns it?", typed["owner"])
        due = self.question("By when?").get_by_label(re.compile(rf"^{weeks} weeks?:"))
        due.check()
        self.page.get_by_text("Who joins in, which power").click()
        self.type("How will we know that it is done?", typed["how_we_know"])
        if "words" in typed:
            self.type("Words for the applicant", typed["words"])
        else:
            self.type("Or: why the applicant is not told of this action", typed["reason"])
        self.press(f"Add action {number}")
        assert self.saved.startswith(f"Action {number} added, by ")
