"""``portal scheme``: what a rule says to a machine, and what it gives.

Only ``export`` needs the installation's database.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.domain.clocks.published import read_published
from portal.domain.clocks.rules import ClockRule
from portal.domain.threshold.advice import Advice, advise
from portal.domain.threshold.reading import read_rules, stated_keys
from portal.domain.threshold.routes import ReportLine
from portal.domain.threshold.rules import Rules
from portal.domain.threshold.worked_cases import WorkedCase, WorkedCaseError, read_case
from portal.services import area_rules

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_TOLD = {True: "met", False: "not met", None: "cannot be told"}


@click.group("scheme")
def scheme_group() -> None:
    """Rules for the threshold, as data."""


@scheme_group.command("check")
@click.argument("file", type=_FILE)
def check_schemes(file: Path) -> None:
    """Say of each scheme in FILE what is computed and what is held in words, and why."""
    computed = held = lost = 0
    must_be_computed = False
    schemes = _listed(file)
    for scheme in schemes:
        stored = scheme.get("rules")
        rules = read_rules(stored)
        gone = _lost(stored, rules)
        click.echo(_name_of(scheme))
        for line in (*_check_lines(rules, gone), *_clock_lines(scheme.get("deadlines"))):
            click.echo(f"  {line}")
        computed, held, lost = (
            computed + len(rules.computed),
            held + len(rules.held),
            lost + len(gone),
        )
        must_be_computed |= any(each.must_be_computed for each in rules.held)
    click.echo(f"{len(schemes)} schemes, {computed} keys computed, {held} in words, {lost} lost")
    sys.exit(1 if lost or must_be_computed else 0)


def _lost(stored: object, rules: Rules) -> list[str]:
    """Return the stated keys that are neither computed nor held in words."""
    accounted = Counter(rules.computed)
    accounted.update(f"{held.where}: {held.key}" for held in rules.held)
    return sorted((Counter(stated_keys(stored)) - accounted).elements())


def _check_lines(rules: Rules, gone: list[str]) -> Iterator[str]:
    if not rules.computed and not rules.held and not gone:
        yield "says nothing of the threshold"
    by_place: dict[str, list[str]] = {}
    for each in rules.computed:
        where, key = each.split(": ", 1)
        by_place.setdefault(where, []).append(key)
    for where, keys in by_place.items():
        yield f"computed: {where}: {', '.join(keys)}"
    for held in rules.held:
        must = ", but it must be computed" if held.must_be_computed else ""
        words = "" if held.words == held.key else f": {held.words}"
        yield f"in words: {held.where}: {held.key}{words} ({held.why}{must})"
    for each in gone:
        yield f"LOST: {each}"


def _clock_lines(deadlines: object) -> Iterator[str]:
    found = read_published(deadlines)
    for stage, rule in found.rules:
        yield f"clock: {stage}: {_in_words(rule)}"
    for each in found.in_words:
        yield f"clock in words: {each.stage} ({each.why})"


def _in_words(rule: ClockRule) -> str:
    events = " and ".join(event.label.lower() for event in rule.starts_from)
    if rule.next_meeting and rule.limit is None:
        return f"at the next {rule.next_meeting} after: {events}"
    side = "before" if rule.before else "from"
    after = f", counted from the next {rule.next_meeting}" if rule.next_meeting else ""
    return f"{rule.limit} {side}: {events}{after}"


@scheme_group.command("export")
@click.argument("area")
@with_appcontext
def export_scheme(area: str) -> None:
    """Print the rules of AREA that are in force today, in the shape that check reads."""
    found = area_rules.export_rules(area, current_app.extensions["clock"].now())
    if found is None:
        raise click.ClickException("There is no such area.")
    click.echo(json.dumps([found], ensure_ascii=False, indent=1))


@scheme_group.command("decide")
@click.option("--schemes", type=_FILE, required=True, help="Schemes, as for check.")
@click.option("--cases", type=_FILE, required=True, help="Worked cases with what is expected.")
def decide_cases(schemes: Path, cases: Path) -> None:
    """Decide each case by its scheme and hold the answer against the one that is expected."""
    rules = {_name_of(scheme): read_rules(scheme.get("rules")) for scheme in _listed(schemes)}
    stored = _listed(cases)
    as_expected = sum(_decide(each, rules) for each in stored)
    click.echo(f"{as_expected} of {len(stored)} as expected")
    sys.exit(0 if as_expected == len(stored) else 1)


def _decide(stored: dict[str, Any], rules: dict[str, Rules]) -> bool:
    """Print how a case comes out; return whether it is as expected."""
    try:
        case = read_case(stored)
    except WorkedCaseError as error:
        click.echo(f"{stored.get('id', 'A case')}: {error}.")
        return False
    if case.scheme not in rules:
        click.echo(f"{case.id}: there is no scheme “{case.scheme}” in the file.")
        return False
    advice = advise(rules[case.scheme], case.facts)
    is_expected = advice.local.value == case.expected
    for line in _case_lines(case, advice, is_expected=is_expected):
        click.echo(line)
    return is_expected


def _case_lines(case: WorkedCase, advice: Advice, *, is_expected: bool) -> Iterator[str]:
    outcome = "as expected" if is_expected else f"EXPECTED {case.expected}"
    floor = advice.floor
    yield f"{case.id} {case.scheme}: {advice.local.value}, {outcome}"
    qualify = f"{floor.counted} qualifying complaints, {floor.floor.number} needed"
    remark = case.statute_warning or "none"
    yield f"  floor: {_TOLD[floor.is_met]}, {qualify} | remark: {remark}"
    if case.unused:
        yield f"  not asked for: {', '.join(case.unused)}"
    if not is_expected:
        yield f"  {advice.why}"
        for line in _working(advice):
            yield f"  {line}"


def _working(advice: Advice) -> Iterator[str]:
    for answer in advice.routes:
        yield f"route {answer.route.id}: {_TOLD[answer.is_met]}"
        for told in answer.conditions:
            yield f"  {'?' if told.holds is None else 'yes' if told.holds else 'no'}: {told.words}"
        yield from _report_lines(answer.lines)
        if answer.missing:
            yield f"  missing: {'; '.join(answer.missing)}"
    yield "floor"
    yield from _report_lines(advice.floor.lines)


def _report_lines(lines: tuple[ReportLine, ...]) -> Iterator[str]:
    for line in lines:
        yield f"  report {line.number}: {line.ground.words}"


def _name_of(scheme: dict[str, Any]) -> str:
    return str(scheme.get("name", "A scheme without a name"))


def _listed(file: Path) -> list[dict[str, Any]]:
    """Return what is in a file of schemes or of cases.

    Raises:
        click.ClickException: it is no list in JSON.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file} cannot be read as JSON: {error}") from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise click.ClickException(f"{file} must hold a list of named things.")
    return found
