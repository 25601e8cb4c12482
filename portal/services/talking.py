"""A call on the day the request is sent: asked for in between, kept as the tick of its page."""

from dataclasses import replace

from portal.domain.distress import TALK_TODAY
from portal.domain.request_draft import DraftAnswers, Place
from portal.domain.roles import Actor
from portal.services import drafts

PAGE, FIELD = "effect", "effects"


def is_call_wanted(answers: DraftAnswers) -> bool:
    """Say whether somebody has asked to be rung."""
    return TALK_TODAY in answers.page(PAGE).chosen(FIELD)


def want_call(actor: Actor, key: str) -> None:
    """Tick “I need someone to talk to today”; what else stands on that page stays as it is.

    Raises:
        NoDraftError, AlreadySentError, HoldEndedError: as ``drafts.save``.
    """
    drafts.change(actor, key, _with_tick, thing=PAGE)


def _with_tick(answers: DraftAnswers) -> DraftAnswers:
    if is_call_wanted(answers):
        return answers
    page = answers.page(PAGE)
    fields = {**page.fields, FIELD: (*page.chosen(FIELD), TALK_TODAY)}
    return answers.put(Place(PAGE), replace(page, fields=fields))
