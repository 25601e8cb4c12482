"""What the pages of templates show: every kind of document, its versions, its fields."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal import log
from portal.access.gate import CaseNotFoundError
from portal.access.scope.templates import (
    template_choices_for,
    template_pdfs_for,
    templates_for,
)
from portal.db import db, transaction
from portal.documents import office_suite
from portal.documents.content import Kind
from portal.documents.examples import render_examples
from portal.documents.field_list import FieldGroup, fields_in_words
from portal.documents.render import template_for
from portal.domain.deadlines import london_day
from portal.domain.roles import Act, Actor
from portal.models.pdf import PdfState, TemplatePdf
from portal.models.person import Area
from portal.models.template import TemplateChoice, TemplateVersion
from portal.services.changes import names_of
from portal.services.once import once
from portal.services.pdfs import ShownPdf, ask_again, shown_pdf
from portal.services.template_filling import label_of
from portal.services.templates import changes_of, choices_of, find_version
from portal.services.turns import take_turns

_ACT = Act.KEEP_TEMPLATES.value


@dataclass(frozen=True)
class ChoiceLine:
    """What holds from a day.

    Attributes:
        number: of the choice; 0 for the default that holds from the start.
        template: number of the version; 0 is the default.
        from_on: none where it holds from the start.
        state: "In force", "Upcoming", "Earlier" or "Taken back".
        by, at: who chose it, and when.
    """

    number: int
    template: int
    from_on: dt.date | None
    state: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True)
class KindLine:
    """A kind of document in the list: what is in force now, and what will be."""

    kind: str
    label: str
    in_force: ChoiceLine
    upcoming: tuple[ChoiceLine, ...]


@dataclass(frozen=True)
class VersionLine:
    """A version that was kept."""

    number: int
    file_name: str
    note: str
    sha256: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class KindPage:
    """A kind of document, with all that was kept and chosen, the newest first.

    Attributes:
        version: how often something was chosen or taken back, for the forms.
    """

    line: KindLine
    versions: tuple[VersionLine, ...]
    choices: tuple[ChoiceLine, ...]
    version: int


@dataclass(frozen=True)
class VersionPage:
    """One version, to be looked at and put in force."""

    kind: str
    label: str
    line: VersionLine
    pdf: ShownPdf


def list_kinds(actor: Actor) -> tuple[KindLine, ...]:
    """List every kind of document with the template that the actor's area uses now."""
    with transaction():
        log.record(actor, _ACT, thing="list")
        chosen = db.session.scalars(template_choices_for(actor)).all()
        numbers = _numbers(actor)
        names = names_of(each.chosen_by_id for each in chosen)
        return tuple(
            _kind_line(kind, [each for each in chosen if each.kind == kind], numbers, names, actor)
            for kind in Kind
        )


def open_kind(actor: Actor, kind: Kind) -> KindPage:
    """Return a kind of document with its versions and what holds when."""
    with transaction():
        log.record(actor, _ACT, thing=kind.value)
        chosen = choices_of(actor, kind)
        query = templates_for(actor).where(TemplateVersion.kind == kind)
        versions = db.session.scalars(query).all()
        names = names_of(
            [each.chosen_by_id for each in chosen] + [each.kept_by_id for each in versions]
        )
        numbers = {each.id: each.number for each in versions}
        return KindPage(
            line=_kind_line(kind, chosen, numbers, names, actor),
            versions=tuple(_version_line(each, names) for each in versions),
            choices=tuple(reversed(_choice_lines(chosen, numbers, names, actor))),
            version=changes_of(chosen),
        )


def open_version(actor: Actor, kind: Kind, number: int) -> VersionPage:
    """Return a version that was kept.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    with transaction():
        found = find_version(actor, kind, number)
        log.record(actor, _ACT, thing=f"{kind}, version {number}")
        return VersionPage(
            kind=kind.value,
            label=label_of(kind),
            line=_version_line(found, names_of([found.kept_by_id])),
            pdf=shown_pdf(_pdf(actor, found)),
        )


def open_fields(actor: Actor, kind: Kind) -> tuple[FieldGroup, ...]:
    """Return the fields of a kind of document, to copy from."""
    with transaction():
        log.record(actor, _ACT, thing=f"{kind}, fields")
    return fields_in_words(kind)


def download_default(actor: Actor, kind: Kind) -> bytes:
    """Return the template that the portal comes with."""
    with transaction():
        log.record(actor, _ACT, thing=f"{kind}, default, download")
        slug = db.session.get_one(Area, actor.area_id).slug
    return template_for(slug, kind).read_bytes()


def download_example(actor: Actor, kind: Kind, number: int) -> bytes:
    """Return a version filled with examples, as a Word file.

    Raises:
        CaseNotFoundError: there is none of this number.
        TemplateError: it cannot be filled any more.
    """
    with transaction():
        content = find_version(actor, kind, number).content
        log.record(actor, _ACT, thing=f"{kind}, version {number}, example")
    return render_examples(kind, content)


def ask_for_example_pdf(actor: Actor, kind: Kind, number: int, token: str) -> None:
    """Ask the worker for a version filled with examples, as a PDF.

    Raises:
        CaseNotFoundError: there is none of this number.
    """
    with once(actor, token) as turn:
        if turn.is_repeat:
            return
        found = find_version(actor, kind, number)
        log.record(actor, _ACT, thing=f"{kind}, version {number}, PDF asked for")
        if not office_suite.is_there():
            return
        take_turns(actor.area_id)
        pdf = _pdf(actor, found)
        if pdf is not None:
            ask_again(actor, pdf)
            return
        db.session.add(
            TemplatePdf(
                template_id=found.id,
                state=PdfState.WAITING,
                asked_at=actor.at,
                asked_by_id=actor.person_id,
            )
        )


def glance_at_example_pdf(actor: Actor, kind: Kind, number: int) -> ShownPdf:
    """Return how far the PDF is, for the script of the page: such a look is no view.

    Raises:
        CaseNotFoundError: there is no such version.
    """
    with transaction():
        return shown_pdf(_pdf(actor, find_version(actor, kind, number)))


def download_example_pdf(actor: Actor, kind: Kind, number: int) -> bytes:
    """Return the PDF of a version filled with examples.

    Raises:
        CaseNotFoundError: there is none.
    """
    with transaction():
        pdf = _pdf(actor, find_version(actor, kind, number))
        if pdf is None or pdf.content is None:
            raise CaseNotFoundError(f"{kind} {number}")
        log.record(actor, _ACT, thing=f"{kind}, version {number}, PDF download")
        return pdf.content


def _pdf(actor: Actor, version: TemplateVersion) -> TemplatePdf | None:
    query = template_pdfs_for(actor).where(TemplatePdf.template_id == version.id)
    return db.session.scalars(query).one_or_none()


def _numbers(actor: Actor) -> dict[int, int]:
    query = templates_for(actor).with_only_columns(TemplateVersion.id, TemplateVersion.number)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _kind_line(
    kind: Kind,
    chosen: Sequence[TemplateChoice],
    numbers: dict[int, int],
    names: dict[int | None, str],
    actor: Actor,
) -> KindLine:
    lines = _choice_lines(chosen, numbers, names, actor)
    upcoming = [line for line in lines if line.state == "Upcoming"]
    return KindLine(
        kind=kind.value,
        label=label_of(kind),
        in_force=next(line for line in lines if line.state == "In force"),
        upcoming=tuple(sorted(upcoming, key=lambda line: (line.from_on, line.number))),
    )


def _choice_lines(
    chosen: Sequence[TemplateChoice],
    numbers: dict[int, int],
    names: dict[int | None, str],
    actor: Actor,
) -> list[ChoiceLine]:
    """Return what was chosen, in order; before it all the default that the portal came with."""
    today = london_day(actor.at)
    begun = [each for each in chosen if each.from_on <= today and not each.taken_back_at]
    in_force = max(begun, key=lambda each: (each.from_on, each.number), default=None)
    from_start = ChoiceLine(0, 0, None, "Earlier" if in_force else "In force", "", None)
    return [from_start] + [
        ChoiceLine(
            number=each.number,
            template=numbers[each.template_id] if each.template_id else 0,
            from_on=each.from_on,
            state=_state(each, in_force, today),
            by=names[each.chosen_by_id],
            at=each.chosen_at,
        )
        for each in chosen
    ]


def _state(choice: TemplateChoice, in_force: TemplateChoice | None, today: dt.date) -> str:
    if choice.taken_back_at:
        return "Taken back"
    if choice is in_force:
        return "In force"
    return "Upcoming" if choice.from_on > today else "Earlier"


def _version_line(version: TemplateVersion, names: dict[int | None, str]) -> VersionLine:
    return VersionLine(
        number=version.number,
        file_name=version.file_name,
        note=version.note,
        sha256=version.sha256,
        by=names[version.kept_by_id],
        at=version.kept_at,
    )
