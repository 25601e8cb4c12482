"""The link to a saved request, sent where somebody said that email is safe."""

import datetime as dt
from typing import Final

from portal.access.scope.drafts import draft_mails
from portal.db import db, transaction
from portal.domain import dates
from portal.domain.deadlines import london_day
from portal.domain.request_draft import from_json
from portal.domain.request_pages import safe_email
from portal.domain.roles import Actor
from portal.mail import sealed
from portal.models.draft import RequestDraft
from portal.models.outbox import FOR_DRAFT, DeliveryState, OutboxMessage
from portal.services import drafts, throttle

ONE_IN: Final = dt.timedelta(hours=1)


def send(actor: Actor, key: str) -> None:
    """Send the link to a draft to the safe address that stands in it; the link before ends.

    Of all drafts together one message an hour goes to an address: any more are not sent, and
    nobody is told, because somebody else may have asked for the first one.

    Raises:
        NoDraftError, HoldEndedError: as ``drafts.open_draft``.
    """
    with transaction():
        draft = drafts.held(actor, key)
        email = safe_email(from_json(draft.answers))
        if draft.case_id is None and email:
            _send(actor, draft, email)


def _send(actor: Actor, draft: RequestDraft, email: str) -> None:
    # Whoever counts at the same moment waits here, and then finds the message.
    throttle.add(throttle.MAILED, email.lower(), actor.at)
    if db.session.scalars(draft_mails(email, actor.at - ONE_IN)).first() is not None:
        return
    seed = sealed.new_seed(FOR_DRAFT.removesuffix("-"))
    draft.link_hash = sealed.hash_of(sealed.secret_of(seed))
    until = dates.in_words(london_day(draft.touched_at + drafts.LASTS))
    db.session.add(
        OutboxMessage(
            key=f"draft-{draft.link_hash[:32]}",
            area_id=draft.area_id,
            case_id=None,
            person_id=None,
            receiver=email,
            subject=draft.reference,
            body=f"Your saved form {draft.reference}. Open: {sealed.PLACE}\n\n"
            f"It will be deleted on {until} if you don’t use it.\n",
            state=DeliveryState.WAITING,
            created_at=actor.at,
            try_at=actor.at,
            seed=seed,
        )
    )
    drafts.record(actor, draft, "request_link_sent")
