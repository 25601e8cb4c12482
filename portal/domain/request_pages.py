"""The pages of a request in their order, and which of them somebody is asked: one list for all.

What comes next, what came before, what is left and what is checked at the end are read from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portal.domain.addresses import is_address
from portal.domain.request_draft import DraftAnswers

INCIDENTS: Final = "incidents"
MYSELF, SOMEBODY, BUSINESS, GROUP = "me", "someone_else", "business", "group"


@dataclass(frozen=True)
class RequestPage:
    """A page of the request.

    Attributes:
        name: in its address.
        heading: what it asks.
        is_asked: whether it is asked of somebody with these answers.
    """

    name: str
    heading: str
    is_asked: Callable[[DraftAnswers], bool]


def _always(_answers: DraftAnswers) -> bool:
    return True


def _for(whom: str) -> Callable[[DraftAnswers], bool]:
    return lambda answers: for_whom(answers) == whom


def for_whom(answers: DraftAnswers) -> str:
    """Return for whom the review is asked; empty where it was not said yet."""
    return answers.page("who").said("for_whom")


PAGES: Final = (
    RequestPage("who", "About you", _always),
    RequestPage("victim", "Who are you asking for?", _for(SOMEBODY)),
    RequestPage("business", "The business", _for(BUSINESS)),
    RequestPage("group", "The group", _for(GROUP)),
    RequestPage("reach", "Reaching you safely", _always),
    RequestPage("home", "Your home", _always),
    RequestPage("happening", "The problem", _always),
    RequestPage(INCIDENTS, "When did it happen, and who did you tell?", _always),
    RequestPage("effect", "What it does, and what you wish for", _always),
    RequestPage("meeting", "The meeting and support", _always),
    RequestPage("sharing", "Who will see this", _always),
)


def pages_for(answers: DraftAnswers) -> tuple[RequestPage, ...]:
    """Return the pages that somebody with these answers is asked, in their order."""
    return tuple(page for page in PAGES if page.is_asked(answers))


def is_done(answers: DraftAnswers, name: str) -> bool:
    """Say whether a page needs nothing more.

    Of incidents: each is in order, and there is a report of one, or somebody said that there is
    none.
    """
    if name != INCIDENTS:
        return answers.page(name).is_done
    in_order = all(incident.is_done for incident in answers.incidents)
    return in_order and (answers.reports > 0 or answers.page(INCIDENTS).is_done)


def first_open(answers: DraftAnswers) -> str | None:
    """Return the first page that needs something, or none where all can be checked and sent."""
    names = (page.name for page in pages_for(answers))
    return next((name for name in names if not is_done(answers, name)), None)


def after(answers: DraftAnswers, name: str) -> str | None:
    """Return the page after one, or none after the last one or for one that is not asked."""
    return _beside(answers, name, 1)


def before(answers: DraftAnswers, name: str) -> str | None:
    """Return the page before one, or none before the first one or for one that is not asked."""
    return _beside(answers, name, -1)


def _beside(answers: DraftAnswers, name: str, step: int) -> str | None:
    names = [page.name for page in pages_for(answers)]
    if name not in names:
        return None
    place = names.index(name) + step
    return names[place] if 0 <= place < len(names) else None


def number_of(answers: DraftAnswers, name: str) -> tuple[int, int]:
    """Return the number of a page that is asked, from 1, and how many there are."""
    names = [page.name for page in pages_for(answers)]
    return names.index(name) + 1, len(names)


def safe_email(answers: DraftAnswers) -> str:
    """Return the address at which somebody said that email is safe; empty for none."""
    reach = answers.page("reach")
    email = reach.said("email")
    return email if "email" in reach.chosen("ways") and is_address(email) else ""
