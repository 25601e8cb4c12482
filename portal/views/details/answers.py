"""The parts of the request: which form asks for which answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.domain.answers import Answer
from portal.services import details
from portal.services.details import Answers, DetailsPage, Landlord, TakingPart, Tenure
from portal.views.details import forms
from portal.web.forms import VersionedForm


@dataclass(frozen=True)
class Part:
    """A part of the request that has a page of its own.

    Attributes:
        names: of the form's fields, and of what is stored.
        typed: takes the answers from the form.
    """

    heading: str
    form: type[VersionedForm]
    names: tuple[str, ...]
    typed: Callable[[Any], Answers]

    def fill(self, page: DetailsPage) -> Any:
        """Return the form, filled from what is stored."""
        form: Any = self.form(data=self.stored(page) | {"version": page.version})
        if "landlord" in self.names:
            form.landlord.choices = forms.landlord_choices(page.agencies)
        return form

    def stored(self, page: DetailsPage) -> dict[str, Any]:
        """Return what is stored now, by the names of the fields."""
        found = {name: page.stored[name] for name in self.names}
        if page.stored["landlord_agency_id"] and "landlord" in found:
            found["landlord"] = str(page.stored["landlord_agency_id"])
        return found


def _answer(field: Any) -> Answer | None:
    return Answer(field.data) if field.data else None


def _home(form: Any) -> Answers:
    said = form.landlord.data or ""
    is_agency = said.isdigit()
    landlord = Landlord.AGENCY if is_agency else Landlord(said) if said else None
    return details.HomeAnswers(
        landlord=landlord,
        landlord_agency_id=int(said) if is_agency else None,
        landlord_name=form.landlord_name.data,
        tenure=Tenure(form.tenure.data) if form.tenure.data else None,
    )


def _hate(form: Any) -> Answers:
    return details.HateAnswers(hate=_answer(form.hate), strands=tuple(form.strands.data))


def _others(form: Any) -> Answers:
    return details.OthersAnswers(
        others_affected=_answer(form.others_affected),
        households=form.households.data,
        others_words=form.others_words.data,
    )


def _words(form: Any) -> Answers:
    return details.WordsAnswers(impact=form.impact.data, wishes=form.wishes.data)


def _meeting(form: Any) -> Answers:
    said = form.taking_part.data
    return details.MeetingAnswers(
        taking_part=TakingPart(said) if said else None, somebody_else=form.somebody_else.data
    )


def _needs(form: Any) -> Answers:
    return details.NeedsAnswers(
        interpreter=_answer(form.interpreter),
        language=form.language.data,
        has_access_needs=_answer(form.has_access_needs),
        access_needs=form.access_needs.data,
    )


PARTS = {
    "words": Part("The applicant’s own words", forms.WordsForm, ("impact", "wishes"), _words),
    "meeting": Part(
        "Taking part in the meeting",
        forms.MeetingPartForm,
        ("taking_part", "somebody_else"),
        _meeting,
    ),
    "needs": Part(
        "Interpreter and access needs",
        forms.NeedsForm,
        ("interpreter", "language", "has_access_needs", "access_needs"),
        _needs,
    ),
    "hate": Part("Hate", forms.HateForm, ("hate", "strands"), _hate),
    "others": Part(
        "Others affected",
        forms.OthersForm,
        ("others_affected", "households", "others_words"),
        _others,
    ),
    "home": Part(
        "Home and landlord", forms.HomeForm, ("landlord", "landlord_name", "tenure"), _home
    ),
}
