"""All that a scheme's rules say, in sentences and in the order of the public page."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.scheme_words.parts import as_written, listed, number, period, values
from portal.domain.scheme_words.routes import RouteInWords, route_in_words
from portal.domain.threshold.rules import Floor, Held, Rules, SeveralAgencies

LOCAL = "This is a local condition. It cannot take away your right by law, in bold below."


@dataclass(frozen=True)
class RulesInWords:
    """The rules for the threshold.

    Attributes:
        head: what the routes follow.
        routes: each with what the area holds in words of it.
        asked: what is asked of every request, in words.
        counting: what counts.
        not_for: what a review is not held for.
        fallback: what holds where no route fits.
        floor: the law, always last.
        others: what the area has written besides.
    """

    head: str
    routes: tuple[tuple[RouteInWords, tuple[str, ...]], ...]
    asked: tuple[str, ...]
    counting: tuple[str, ...]
    not_for: tuple[str, ...]
    fallback: tuple[str, ...]
    floor: str
    others: tuple[str, ...]

    def sentences(self) -> Iterator[str]:
        """Yield what is said, in order: a route with all its conditions is one."""
        yield self.head
        for route, held in self.routes:
            conditions = (condition.words for condition in route.conditions)
            yield " ".join([route.words, *conditions, *held])
        for section in (self.asked, self.counting, self.not_for, self.fallback, self.others):
            yield from section
        yield self.floor


_SECTIONS = frozenset({"preconditions", "counting", "exclusions", "fallback"})


def rules_in_words(rules: Rules) -> RulesInWords:
    """Return the rules as a victim reads them."""
    held: dict[str, list[Held]] = {}
    for each in rules.held:
        held.setdefault(_section(each), []).append(each)
    routes = tuple(
        (route_in_words(route), _written(held.get(f"route {place}", [])))
        for place, route in enumerate(rules.routes, start=1)
    )
    of_routes = {f"route {place}" for place in range(1, len(routes) + 1)}
    others = [each for where in held if where not in _SECTIONS | of_routes for each in held[where]]
    return RulesInWords(
        head=_head(len(routes)),
        routes=routes,
        asked=_written(held.get("preconditions", [])),
        counting=(*_counting(rules), *_written(held.get("counting", []))),
        not_for=(*_not_for(rules), *_written(held.get("exclusions", []))),
        fallback=_fallback(held.get("fallback", [])),
        floor=_floor(rules.floor),
        others=_written(others),
    )


def _section(held: Held) -> str:
    """Return where a held key belongs: a route by its place, without its name."""
    return " ".join(held.where.split()[:2]) if held.where.startswith("route ") else held.where


def _written(held: list[Held]) -> tuple[str, ...]:
    return tuple(as_written(each) for each in held)


def _head(routes: int) -> str:
    if not routes:
        return "This area has written down no number of reports."
    many = "if one of these is true" if routes > 1 else "if this is true"
    return f"You can ask for a review {many}:"


_ONE_INCIDENT = "One thing that happened and was told to several services counts"
_SEVERAL = {
    SeveralAgencies.ONCE: f"{_ONE_INCIDENT} once.",
    SeveralAgencies.EACH: f"{_ONE_INCIDENT} once for each of them.",
    SeveralAgencies.CASE_BY_CASE: (
        "Whether one thing that was told to several services counts once is decided each time."
    ),
}
_COUNTS: dict[str, tuple[str, str]] = {
    "anonymous_reports_count": (
        "Reports without a name count.", "Reports without a name do not count.",
    ),
    "diary_sheets_count": ("Diary sheets count as reports.", "Diary sheets do not count."),
    "on_site_conversation_counts": (
        "Telling an officer on the spot counts as a report.",
        "Telling an officer on the spot does not count as a report.",
    ),
    "hate_incidents_count_as_asb": (
        "Hate counts like any other report.",
        "Hate counts only where a rule asks for it.",
    ),
}  # fmt: skip


def _counting(rules: Rules) -> Iterator[str]:
    several = rules.counting.same_incident_to_several_agencies
    if several:
        yield _SEVERAL[several]
    for key, (yes, no) in _COUNTS.items():
        value = getattr(rules.counting, key)
        if value is not None:
            yield yes if value else no


def _not_for(rules: Rules) -> Iterator[str]:
    if rules.excludes_one_organisation:
        yield "Reports that all went to one service."


_FACTORS = {
    "persistence": "how long it has gone on",
    "harm_or_potential_harm": "how much harm it does or could do",
    "adequacy_of_response": "whether the answer was good enough",
    "high_risk": "whether you are at high risk",
    "cumulative_effect": "what it all adds up to",
}
_STILL = "If this does not fit, you can still ask."


def _fallback(held: list[Held]) -> tuple[str, ...]:
    """Say that nobody is refused by a number; section 104(5) gives it where the area is silent."""
    factors = [factor for each in held if each.key == "factors" for factor in values(each)]
    if not factors:
        return (_STILL, *_written(held))
    about = listed([_FACTORS.get(each, each.replace("_", " ")) for each in factors])
    rest = [each for each in held if each.key != "factors"]
    return (f"{_STILL} The services will think about {about}.", *_written(rest))


def _floor(floor: Floor) -> str:
    reports = "report" if floor.number == 1 else "reports"
    was = "was" if floor.number == 1 else "were"
    own = (
        "It does not have to be yours."
        if floor.number == 1
        else "They do not all have to be yours."
    )
    return (
        f"Whatever else is on this page, if {number(floor.number)} {reports} about the problem "
        f"{was} made, each within {period(floor.made_within)} of it happening and not more than "
        f"{period(floor.applied_within)} before you ask, the law says that there must be a review. "
        f"{own}"
    )
