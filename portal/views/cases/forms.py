"""The filter of the chronology; it is sent in the address, so that what it shows can be kept."""

import re
from typing import Any, Final

from flask import request

from portal.services.chronology import ChronologyPage, Wanted
from portal.services.words import LINE_KINDS
from portal.web.fields import Choice, DateField, SelectField
from portal.web.filters import day
from portal.web.forms import FilterForm
from portal.web.pages import add_error

NEWEST_FIRST: Final = "newest"
_PAGE: Final = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_KEPT: Final = (
    "agency", "kind", "since-day", "since-month", "since-year", "until-day", "until-month",
    "until-year", "order",
)  # fmt: skip


class ChronologyForm(FilterForm):
    """What to show of the chronology."""

    agency = SelectField("Who", blank="Everybody")
    kind = SelectField("What", blank="Everything")
    since = DateField("From", what="The first day")
    until = DateField("To", what="The last day")

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a last day before the first one."""
        is_valid = bool(super().validate(extra_validators))
        since, until = self.since.data, self.until.data
        if is_valid and since and until and until < since:
            sentence = f"The last day must be the same as or after {day(since)}, the first day"
            add_error(self, "until", sentence)
            return False
        return is_valid


def chronology_form(page: ChronologyPage) -> ChronologyForm:
    """Return the filter with what was asked for; it offers what the reader sees and no more."""
    form = ChronologyForm()
    form.agency.choices = [Choice(name, name) for name in page.sources]
    form.kind.choices = [
        Choice(value, label) for value, label in LINE_KINDS.items() if value in page.kinds
    ]
    return form


def wanted_of(form: ChronologyForm) -> Wanted:
    """Return what was asked for; a field with an error asks for nothing."""
    form.validate()

    def answer(name: str) -> Any:
        return None if form[name].errors else form[name].data

    return Wanted(
        source=answer("agency") or "",
        kind=answer("kind") or "",
        since=answer("since"),
        until=answer("until"),
        newest_first=request.args.get("order") == NEWEST_FIRST,
    )


def asked() -> dict[str, str]:
    """Return the answers of the address, for links that keep them."""
    return {name: request.args[name] for name in _KEPT if request.args.get(name)}


def page_asked() -> int:
    """Return the number of the page in the address; what is no number is the first page."""
    typed = request.args.get("page", "")
    return int(typed) if _PAGE.fullmatch(typed) else 1
