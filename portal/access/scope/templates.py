"""An area's templates: kept by its administrator, and used by whoever issues a document there."""

import datetime as dt

import sqlalchemy as sa

from portal.access.scope.once import built_once
from portal.domain.roles import Actor, Role
from portal.models.pdf import TemplatePdf
from portal.models.template import TemplateChoice, TemplateVersion


def _keeps(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.role is Role.ADMINISTRATOR else sa.false()


@built_once
def templates_for(actor: Actor) -> sa.Select[TemplateVersion]:
    """Select the versions of the actor's area, the newest first: for its administrator."""
    return (
        sa.select(TemplateVersion)
        .where(TemplateVersion.area_id == actor.area_id, _keeps(actor))
        .order_by(TemplateVersion.number.desc())
    )


@built_once
def template_choices_for(actor: Actor) -> sa.Select[TemplateChoice]:
    """Select what held or will hold in the actor's area, in order: for its administrator."""
    return (
        sa.select(TemplateChoice)
        .where(TemplateChoice.area_id == actor.area_id, _keeps(actor))
        .order_by(TemplateChoice.kind, TemplateChoice.number)
    )


@built_once
def template_pdfs_for(actor: Actor) -> sa.Select[TemplatePdf]:
    """Select the PDFs of the area's versions, filled with examples: for its administrator."""
    mine = templates_for(actor).with_only_columns(TemplateVersion.id).order_by(None)
    return sa.select(TemplatePdf).where(TemplatePdf.template_id.in_(mine))


def choice_in_force(actor: Actor, kind: str, on: dt.date) -> sa.Select[TemplateChoice]:
    """Select which template the actor's area uses for a kind of document on a London day.

    A template holds no case content, so whoever issues a document in the area may fill it.
    """
    return (
        sa.select(TemplateChoice)
        .where(
            TemplateChoice.area_id == actor.area_id,
            TemplateChoice.kind == kind,
            TemplateChoice.from_on <= on,
            TemplateChoice.taken_back_at.is_(None),
        )
        .order_by(TemplateChoice.from_on.desc(), TemplateChoice.number.desc())
        .limit(1)
    )


def template_chosen(choice: TemplateChoice) -> sa.Select[int, bytes, str]:
    """Select number, content and hash of the version that a choice names."""
    return sa.select(TemplateVersion.number, TemplateVersion.content, TemplateVersion.sha256).where(
        TemplateVersion.id == choice.template_id, TemplateVersion.area_id == choice.area_id
    )
