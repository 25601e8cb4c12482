"""The sections of a stored rule as plain answers, and back: routes by place, all else by form."""

from collections.abc import Mapping
from typing import Any, Final

from portal.domain.scheme_editing.routes import Answers, period_answers, period_from
from portal.domain.threshold.rules import Floor, SeveralAgencies

Threshold = Mapping[str, Any]

COUNTING: Final = (
    "anonymous_reports_count", "diary_sheets_count", "on_site_conversation_counts",
    "hate_incidents_count_as_asb",
)  # fmt: skip
STATES: Final = (
    "ongoing", "investigation_closed", "further_action_available", "engaged_with_interventions",
)  # fmt: skip
ONE_ORGANISATION: Final = "all_complaints_to_one_organisation"
FACTORS: Final = (
    "persistence", "harm_or_potential_harm", "adequacy_of_response", "high_risk",
    "cumulative_effect",
)  # fmt: skip
_FALLBACK_TEXTS: Final = ("when", "decided_by")
_SEVERAL: Final = "same_incident_to_several_agencies"


def routes_of(threshold: Threshold) -> list[Any]:
    """Return the stored routes, whatever they are."""
    return _listed(threshold.get("any_of"))


def with_route(threshold: Threshold, place: int, route: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule with another route at a place, counted from 1; one more where none is."""
    routes = routes_of(threshold)
    routes[place - 1 : place] = [dict(route)]
    return {**threshold, "any_of": routes}


def without_route(threshold: Threshold, place: int) -> dict[str, Any]:
    """Return the rule without the route at a place, counted from 1."""
    routes = routes_of(threshold)
    del routes[place - 1]
    return {**threshold, "any_of": routes}


def counting_answers(threshold: Threshold) -> Answers:
    """Return what counts, as the form shows it."""
    stored = _keyed(threshold.get("counting"))
    several = stored.get(_SEVERAL)
    found: Answers = {_SEVERAL: several if several in tuple(SeveralAgencies) else None}
    return found | {
        key: stored[key] if _is_yes_or_no(stored.get(key)) else None for key in COUNTING
    }


def with_counting(threshold: Threshold, answers: Answers) -> dict[str, Any]:
    """Return the rule with what was changed of its counting."""
    before = counting_answers(threshold)
    return {**threshold, "counting": _changed(threshold.get("counting"), before, answers)}


def listed_answers(threshold: Threshold, section: str, known: tuple[str, ...]) -> Answers:
    """Return a list of conditions: those a machine knows, to be ticked, and the others, typed."""
    stored = _listed(threshold.get(section))
    words = [each for each in stored if isinstance(each, str) and each not in known]
    return {
        f"{section}_known": [each for each in known if each in stored],
        f"{section}_words": "\n".join(each.replace("_", " ") for each in words),
    }


def with_listed(
    threshold: Threshold, section: str, known: tuple[str, ...], answers: Answers
) -> dict[str, Any]:
    """Return the rule with a list of conditions; what is no text there stays."""
    stored = _listed(threshold.get(section))
    as_shown = {each.replace("_", " "): each for each in stored if isinstance(each, str)}
    lines = [line.strip() for line in answers[f"{section}_words"].splitlines()]
    typed = [as_shown.get(line, line) for line in lines if line]
    others = [each for each in stored if not isinstance(each, str)]
    ticked = [each for each in known if each in answers[f"{section}_known"]]
    return {**threshold, section: [*ticked, *typed, *others]}


def fallback_answers(threshold: Threshold) -> Answers:
    """Return what holds below every route, as the form shows it."""
    stored = _keyed(threshold.get("fallback"))
    factors = stored.get("factors")
    return {
        "is_stated": threshold.get("fallback") is not None,
        "factors": [each for each in FACTORS if isinstance(factors, list) and each in factors],
    } | {key: stored[key] if isinstance(stored.get(key), str) else "" for key in _FALLBACK_TEXTS}


def with_fallback(threshold: Threshold, answers: Answers) -> dict[str, Any]:
    """Return the rule with what holds below every route."""
    if not answers["is_stated"]:
        return {**threshold, "fallback": None}
    before = fallback_answers(threshold)
    stored = _keyed(threshold.get("fallback"))
    typed = {key: answers[key] for key in ("factors", *_FALLBACK_TEXTS)}
    if typed["factors"] != before["factors"]:
        unknown = [each for each in _listed(stored.get("factors")) if each not in FACTORS]
        typed["factors"] = [*typed["factors"], *unknown]
    changed = _changed(stored, before, typed)
    return {**threshold, "fallback": {"decision": "discretion"} | changed}


def floor_answers(threshold: Threshold) -> Answers:
    """Return the law's floor, as the form shows it; the Act's own where the area is silent."""
    own = Floor()
    stored: dict[str, Any] = {
        "number": own.number,
        "made_within": {"n": own.made_within.number, "unit": own.made_within.unit.value},
        "applied_within": {"n": own.applied_within.number, "unit": own.applied_within.unit.value},
        **_keyed(threshold.get("floor")),
    }
    return {
        "number": stored["number"],
        **period_answers(stored, "made_within"),
        **period_answers(stored, "applied_within"),
    }


def with_floor(threshold: Threshold, answers: Answers) -> dict[str, Any]:
    """Return the rule with the floor that was typed."""
    floor = {
        "number": answers["number"],
        "made_within": period_from(answers, "made_within"),
        "applied_within": period_from(answers, "applied_within"),
    }
    return {**threshold, "floor": {**_keyed(threshold.get("floor")), **floor}}


def without_the_laws_own(threshold: Threshold) -> dict[str, Any]:
    """Return the rule in the shape of published ones: a floor that is the Act's is not stated."""
    stated = {key: section for key, section in threshold.items() if key != "floor"}
    acts_own = with_floor({}, floor_answers({}))["floor"]
    return dict(threshold) if threshold.get("floor", acts_own) != acts_own else stated


def _changed(stored: Any, before: Answers, answers: Answers) -> dict[str, Any]:
    """Return a section with the answers that are others than before; the rest stays."""
    section = dict(_keyed(stored))
    for key, value in answers.items():
        if value == before[key]:
            continue
        if value in (None, "", []):
            section.pop(key, None)
        else:
            section[key] = value
    return section


def _keyed(content: Any) -> Mapping[str, Any]:
    return content if isinstance(content, Mapping) else {}


def _listed(content: Any) -> list[Any]:
    if isinstance(content, list):
        return list(content)
    return [] if content is None else [content]


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)
