"""A stored rule, read: each key that it states ends up computed or held in words, never lost.

The shape is that of published schemes: ``any_of`` routes, ``counting``, ``preconditions``,
``exclusions``, ``fallback``, and ``floor``. A key that holds null does not state anything.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from portal.domain.threshold import values
from portal.domain.threshold.rules import (
    Counting,
    Counts,
    Fallback,
    Floor,
    Held,
    ReporterUnit,
    ResponseTest,
    Route,
    RouteDecision,
    Rules,
    SameProblem,
    SeveralAgencies,
)

_OF_ROUTE: dict[str, values.Reader] = {
    "id": values.plain_text,
    "decision": values.word(RouteDecision),
    "min_reports": values.number,
    "distinct_incidents": values.yes_or_no,
    "separate_dates": values.yes_or_no,
    "same_reporter": values.yes_or_no,
    "min_reporters": values.number,
    "reporter_unit": values.word(ReporterUnit),
    "min_hate": values.number,
    "hate_recorded_at_report": values.yes_or_no,
    "same_problem": values.word(SameProblem),
    "window": values.window,
    "min_in_window": values.number,
    "reported_within": values.reported_within,
    "applied_within": values.applied_within,
    "most_recent": values.most_recent,
    "min_days_since_last_report": values.number,
    "first_report_not_before": values.day,
    "response": values.word(ResponseTest),
    "ongoing": values.yes_or_no,
    "investigation_closed": values.yes_or_no,
    "further_action_available": values.yes_or_no,
    "engaged_with_interventions": values.yes_or_no,
    "harm_test": values.plain_text,
    "behaviour": values.texts,
    "min_households_affected": values.number,
    "min_agencies": values.number,
    "to": values.texts,
    "vulnerability": values.high_risk,
    "counts": values.word(Counts),
}
_OF_COUNTING: dict[str, values.Reader] = {
    "same_incident_to_several_agencies": values.word(SeveralAgencies),
    "anonymous_reports_count": values.yes_or_no,
    "diary_sheets_count": values.yes_or_no,
    "on_site_conversation_counts": values.yes_or_no,
    "hate_incidents_count_as_asb": values.yes_or_no,
}
_OF_FLOOR: dict[str, values.Reader] = {
    "number": values.number,
    "made_within": values.period,
    "applied_within": values.period,
}
_WHY_IN_WORDS = {
    "decided_by": "who decides is named by the office",
    "factors": "weighing them is a judgement",
    "factors_always_considered": "weighing them is a judgement",
    "requires_names_and_addresses": "the coordinator asks for them",
    "all_must_agree": "the coordinator asks them",
    "cumulative_effect_considered": "what it adds up to is a judgement",
    "same_reporter_implied_by_you_wording": "a remark on the key same_reporter",
    "note": "a remark",
    "when": "whether it is so is a judgement",
}
_STATES_OF_CASE = {
    "ongoing", "investigation_closed", "further_action_available", "engaged_with_interventions",
}  # fmt: skip
_ONE_ORGANISATION = "all_complaints_to_one_organisation"
_SECTIONS = ("any_of", "counting", "preconditions", "exclusions", "fallback", "floor")
_FEWER_THAN = re.compile(r"fewer than (\w+) (?:qualifying )?(?:complaints|reports)", re.IGNORECASE)
_NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass
class _Account:
    """What has become of the keys that were read so far."""

    held: list[Held] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)

    def hold(self, where: str, key: str, value: object, why: str, *, must: bool = False) -> None:
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.held.append(Held(where, key, words, why, must))

    def hold_all(self, where: str, content: object, why: str, *, must: bool = False) -> None:
        """Hold all of a section that has not the shape of one."""
        for stated in _stated_in(where, content):
            self.hold(where, stated.removeprefix(f"{where}: "), content, why, must=must)

    def count(self, where: str, key: str) -> None:
        self.computed.append(f"{where}: {key}")


def read_rules(stored: object) -> Rules:
    """Return the rule that is stored, whoever wrote it; of what is no rule all is held in words.

    Args:
        stored: what JSON gives; null is a procedure that does not say.
    """
    account = _Account()
    sections = _sections(stored, account)
    routes = tuple(
        _route(each, place, account)
        for place, each in enumerate(_listed(sections.get("any_of"), "any_of", account), start=1)
    )
    counting = _keys(sections.get("counting"), "counting", _OF_COUNTING, account)
    floor = _keys(sections.get("floor"), "floor", _OF_FLOOR, account)
    needed = _preconditions(sections.get("preconditions"), account)
    return Rules(
        routes=tuple(_with_preconditions(route, needed) for route in routes),
        counting=Counting(**counting),
        excludes_one_organisation=_exclusions(sections.get("exclusions"), account),
        fallback=_fallback(sections.get("fallback"), account),
        floor=Floor(**floor),
        held=tuple(account.held),
        computed=tuple(account.computed),
    )


def stated_keys(stored: object) -> Iterator[str]:
    """Yield each key that a stored rule states, as ``where: key``.

    It walks the stored rule by itself, so that what ``read_rules`` overlooks is found.
    """
    if not isinstance(stored, Mapping):
        if stored is not None:
            yield "rules: rules"
        return
    for section, content in stored.items():
        yield from _stated_in(str(section), content)


def _stated_in(section: str, content: object) -> Iterator[str]:
    if content is None:
        return
    if section == "any_of" and isinstance(content, list):
        for place, route in enumerate(content, start=1):
            yield from _stated_in(_where(route, place), route)
    elif isinstance(content, Mapping):
        yield from (f"{section}: {key}" for key, value in content.items() if value is not None)
    elif isinstance(content, list):
        yield from (f"{section}: {_name(each)}" for each in content)
    else:
        yield f"{section}: {section}"


def _sections(stored: object, account: _Account) -> Mapping[str, object]:
    if stored is None:
        return {}
    if not isinstance(stored, Mapping):
        account.hold("rules", "rules", stored, "it is no rule", must=True)
        return {}
    for section, content in stored.items():
        if section not in _SECTIONS:
            account.hold_all(str(section), content, "this portal does not know the section")
    return stored


def _listed(content: object, section: str, account: _Account) -> list[Any]:
    if isinstance(content, list):
        return content
    account.hold_all(section, content, "it is not in a list", must=section == "any_of")
    return []


def _name(listed: object) -> str:
    """Return what an entry of a list is called: a list of words, or of named things."""
    if isinstance(listed, Mapping) and isinstance(listed.get("id"), str):
        return str(listed["id"])
    return listed if isinstance(listed, str) else json.dumps(listed, ensure_ascii=False)


def _where(route: object, place: int) -> str:
    name = route.get("id") if isinstance(route, Mapping) else None
    return f"route {place} {name}" if isinstance(name, str) else f"route {place}"


def _route(stored: object, place: int, account: _Account) -> Route:
    where = _where(stored, place)
    if not isinstance(stored, Mapping):
        account.hold_all(where, stored, "it is no route", must=True)
        return Route(id=where, unknown=(where,))
    fields = _keys(stored, where, _OF_ROUTE, account)
    unknown = tuple(
        held.key for held in account.held if held.where == where and held.key not in _WHY_IN_WORDS
    )
    return Route(**({"id": f"route {place}"} | fields), unknown=unknown)


def _keys(
    content: object, where: str, readers: Mapping[str, values.Reader], account: _Account
) -> dict[str, Any]:
    """Return the fields that could be read; every other stated key is held in words."""
    if not isinstance(content, Mapping):
        account.hold_all(where, content, "it is no list of keys", must=True)
        return {}
    found = {}
    for key, value in content.items():
        if value is None:
            continue
        if key not in readers:
            why = _WHY_IN_WORDS.get(key, "this portal does not know the key")
            account.hold(where, str(key), value, why)
            continue
        try:
            found[key] = readers[key](value)
        except values.NotUnderstoodError as error:
            account.hold(where, key, value, str(error), must=True)
        else:
            account.count(where, key)
    return found


def _preconditions(content: object, account: _Account) -> list[str]:
    found = []
    for each in _listed(content, "preconditions", account):
        found.append(_name(each))
        if isinstance(each, str) and each in _STATES_OF_CASE:
            account.count("preconditions", each)
        else:
            account.hold("preconditions", _name(each), each, "whether it holds a person has to say")
    return found


def _with_preconditions(route: Route, needed: list[str]) -> Route:
    """Ask of a route what is asked of every request."""
    known: dict[str, Any] = dict.fromkeys(_STATES_OF_CASE.intersection(needed), True)
    unknown = tuple(each for each in needed if each not in _STATES_OF_CASE)
    return replace(route, **known, unknown=route.unknown + unknown)


def _exclusions(content: object, account: _Account) -> bool:
    """Return whether a case is shut out whose reports all went to one agency."""
    is_one_organisation = False
    for each in _listed(content, "exclusions", account):
        if each == _ONE_ORGANISATION:
            is_one_organisation = True
            account.count("exclusions", _ONE_ORGANISATION)
            continue
        account.hold("exclusions", _name(each), each, "whether it applies is for a person to say")
    return is_one_organisation


def _fallback(content: object, account: _Account) -> Fallback | None:
    if content is None:
        return None
    if not isinstance(content, Mapping):
        account.hold_all("fallback", content, "it is no list of keys")
        return Fallback()
    for key, value in content.items():
        if value is None:
            continue
        if key == "decision" and value == "discretion":
            account.count("fallback", key)
            continue
        why = _WHY_IN_WORDS.get(key, "this portal does not know the key")
        account.hold("fallback", str(key), value, why)
    return Fallback(_below(content.get("when")))


def _below(when: object) -> int | None:
    found = _FEWER_THAN.search(when) if isinstance(when, str) else None
    if not found:
        return None
    typed = found[1].casefold()
    return int(typed) if typed.isdecimal() else _NUMBER_WORDS.get(typed)
