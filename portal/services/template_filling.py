"""Filling the template that an area uses on the day of the issue; one that is broken says so."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from portal.access.scope.templates import choice_in_force, template_chosen
from portal.db import db, transaction
from portal.documents.content import Kind
from portal.documents.package import TemplateError
from portal.documents.render import template_for, template_version
from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.domain.stages import IllegalMoveError
from portal.models.person import Area
from portal.models.plan import DocumentKind
from portal.services.documents import LABELS, Made

_Content = TypeVar("_Content")
_LABELS = {kind.value: label for kind, label in LABELS.items()}
_WHAT_NOW = "Nothing was issued. Tell the administrator, who can put another version in force"


@dataclass(frozen=True)
class UsedTemplate:
    """The template that is used now.

    Attributes:
        name: of which document, and which version, as a sentence uses it.
        is_whole: its bytes are those that were kept.
    """

    name: str
    content: bytes
    is_whole: bool


def label_of(kind: str) -> str:
    """Return what people call a kind of document."""
    return _LABELS.get(kind, kind.replace("-", " ").capitalize())


def used_template(actor: Actor, kind: Kind) -> UsedTemplate:
    """Return the version in force in the actor's area on the day of ``actor.at``, or the default.

    Opens a transaction of its own.
    """
    with transaction():
        choice = db.session.scalars(
            choice_in_force(actor, kind, london_day(actor.at))
        ).one_or_none()
        if choice is None or choice.template_id is None:
            area = db.session.get_one(Area, actor.area_id)
            content = template_for(area.slug, kind).read_bytes()
            return UsedTemplate(f"“{label_of(kind)}”, default", content, is_whole=True)
        number, content, sha256 = db.session.execute(template_chosen(choice)).one()
        return UsedTemplate(
            f"“{label_of(kind)}”, version {number} of your office",
            content,
            is_whole=hashlib.sha256(content).hexdigest() == sha256,
        )


def fill(
    actor: Actor, kind: Kind, render: Callable[[_Content, bytes], bytes], content: _Content
) -> Made:
    """Make a Word file with the template that is in force; outside any transaction.

    Args:
        actor: who issues; the template is that of their area, on the day of ``actor.at``.
        kind: of document.
        render: fills a template of this kind.
        content: what the document says.

    Raises:
        IllegalMoveError: the template is damaged or cannot be filled; the sentence names it.
    """
    (made,), version = fill_all(actor, kind, render, [content])
    return Made(DocumentKind(kind), made, version)


def fill_all(
    actor: Actor,
    kind: Kind,
    render: Callable[[_Content, bytes], bytes],
    contents: Iterable[_Content],
) -> tuple[list[bytes], str]:
    """Make a Word file of each content as ``fill`` does; return them and the template's version.

    Raises:
        IllegalMoveError: as ``fill``.
    """
    template = used_template(actor, kind)
    if not template.is_whole:
        raise IllegalMoveError(
            f"The template {template.name}, is not as it was kept, so it is not used. {_WHAT_NOW}"
        )
    try:
        made = [render(each, template.content) for each in contents]
    except TemplateError as error:
        raise IllegalMoveError(
            f"The template {template.name}, is broken. {error} {_WHAT_NOW}"
        ) from error
    return made, template_version(template.content)
