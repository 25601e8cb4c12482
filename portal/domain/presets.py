"""A scheme as data: clocks and threshold; and the two that ship: Durham and Gloucestershire.

An area's scheme is a versioned row that holds what `to_json` gives. Each rule says where its number
comes from: the area's published procedure, or, where that is silent, this portal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.domain.agenda import AgendaError, read_agenda
from portal.domain.clocks import preset_clocks
from portal.domain.clocks.rules import Clock, ClockRule
from portal.domain.clocks.stored import (
    clock_rules_from_json,
    clock_rules_to_json,
    limit_from_json,
    limit_to_json,
    text_of,
)
from portal.domain.deadlines import Limit, Unit
from portal.domain.risk.rules import RiskRulesError, read_risk_rules
from portal.domain.threshold import preset_rules

_OF_RECEIPT: Final = "after which a letter counts as received"


@dataclass(frozen=True)
class Scheme:
    """An area's rules: its clocks and its threshold.

    Attributes:
        name: What the area calls it.
        clocks: One rule for each `Clock` that the area has, in their order.
        threshold: The rule for the threshold as it is stored; `read_rules` understands it.
        deemed_receipt: After how long a letter counts as received of which nobody recorded that
            it was; none where the area has no such rule.
        risk: Points, bands and floors of the risk, where the area has its own; none takes those
            that ship.
        agenda: Items of a meeting as they are stored, where the area has its own agenda; none
            takes the standard. `read_agenda` understands it.
    """

    name: str
    clocks: tuple[ClockRule, ...]
    threshold: Mapping[str, object]
    deemed_receipt: Limit | None = None
    risk: Mapping[str, object] | None = None
    agenda: Sequence[object] | None = None

    def rule(self, clock: Clock) -> ClockRule:
        """Return the rule of the clock.

        Raises:
            KeyError: The scheme has no such clock.
        """
        return {rule.clock: rule for rule in self.clocks}[clock]


class SchemeError(ValueError):
    """What was stored or typed is no scheme.

    Attributes:
        sentences: Everything that is wrong with it, a sentence each.
    """

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def durham() -> Scheme:
    """Return the scheme of County Durham and Darlington, from its published procedure."""
    return Scheme("Durham", preset_clocks.DURHAM, preset_rules.DURHAM)


def gloucestershire() -> Scheme:
    """Return the scheme of Gloucestershire, from its published policy."""
    return Scheme("Gloucestershire", preset_clocks.GLOUCESTERSHIRE, preset_rules.GLOUCESTERSHIRE)


def to_json(scheme: Scheme) -> dict[str, object]:
    """Return the scheme as plain dictionaries, lists, text and numbers, to be stored as a row."""
    stored: dict[str, object] = {
        "name": scheme.name,
        "clocks": clock_rules_to_json(scheme.clocks),
        "threshold": dict(scheme.threshold),
        "deemed_receipt": limit_to_json(scheme.deemed_receipt),
    }
    if scheme.risk is not None:
        stored["risk"] = dict(scheme.risk)
    if scheme.agenda is not None:
        stored["agenda"] = list(scheme.agenda)
    return stored


def from_json(stored: object) -> Scheme:
    """Return the scheme that `to_json` stored, checked as if a stranger had written it.

    Args:
        stored: What came out of the row or out of a form; nothing about it is taken for granted.

    Raises:
        SchemeError: It is not a scheme; says everything that is wrong with it.
    """
    if not isinstance(stored, Mapping):
        raise SchemeError(("A scheme must have a name, clocks and a threshold.",))
    problems: list[str] = []
    name = text_of(stored.get("name"), "name of the scheme", problems)
    clocks = clock_rules_from_json(stored.get("clocks"), problems)
    deemed = stored.get("deemed_receipt")
    if deemed is not None:
        deemed = limit_from_json(deemed, _OF_RECEIPT, problems)
    if deemed is not None and deemed.unit is Unit.HOURS:
        problems.append(f"The limit {_OF_RECEIPT} is counted in days, not in hours.")
    threshold = stored.get("threshold")
    if not isinstance(threshold, Mapping):
        problems.append("The threshold must be a rule with its routes.")
    risk, agenda = stored.get("risk"), stored.get("agenda")
    problems += _wrong_with_risk(risk) + _wrong_with_agenda(agenda)
    if problems or not isinstance(threshold, Mapping):
        raise SchemeError(tuple(problems))
    return Scheme(name, clocks, threshold, deemed, risk, agenda)


def _wrong_with_risk(stored: object) -> list[str]:
    try:
        if stored is not None:
            read_risk_rules(stored)
    except RiskRulesError as error:
        return [str(error)]
    return []


def _wrong_with_agenda(stored: object) -> list[str]:
    try:
        if stored is not None:
            read_agenda(stored)
    except AgendaError as error:
        return [str(error)]
    return []
