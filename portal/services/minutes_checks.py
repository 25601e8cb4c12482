"""What has to be true before minutes are issued, and whether it is."""

from collections.abc import Iterator, Sequence

from portal.access.gate import Opened
from portal.access.scope.items import shared_items_for
from portal.db import db
from portal.domain.handling import Handling
from portal.domain.roles import Actor
from portal.models.minutes import MinutesDraft
from portal.models.plan import DocumentKind
from portal.models.sharing import SharedItem
from portal.services.documents import next_number
from portal.services.minutes_tables import tables_of
from portal.services.paper_checks import Check, Texts, quoted

# A shorter title is made of words that any text may hold.
SHORTEST_TITLE = 12


def checks(actor: Actor, opened: Opened, draft: MinutesDraft, texts: Texts) -> tuple[Check, ...]:
    """Return what has to be true before the minutes are issued, what is open first.

    Args:
        actor: the coordinator or the chair.
        opened: the case.
        draft: as it stands.
        texts: of the sections and accounts, by heading or agency.
    """
    is_again = next_number(actor, opened, [DocumentKind.MINUTES]) > 1
    found = [
        Check("Each agency was asked to correct its own account", draft.sent_round_at is not None),
        *(Check(sentence, is_done=False) for sentence in _leaks(actor, opened, draft, texts)),
        *(
            [Check("They say what has changed since the issue before", bool(draft.what_changed))]
            if is_again
            else []
        ),
        Check("The chair has agreed them as they stand", draft.agreed_at is not None),
    ]
    return tuple(sorted(found, key=lambda check: check.is_done))


def _leaks(actor: Actor, opened: Opened, draft: MinutesDraft, texts: Texts) -> Iterator[str]:
    """Find what is taken from a thing that is not for the whole panel: its words or its title."""
    said: Texts = [
        *((f"“{heading}”", words) for heading, words in texts),
        *tables_of(draft.tables).texts,
        ("What has changed", draft.what_changed),
    ]
    items = db.session.scalars(shared_items_for(actor, opened.case.id)).all()
    narrow = [item for item in items if item.handling is not Handling.PANEL]
    yield from quoted(said, narrow, "the panel")
    yield from titled(said, narrow)


def titled(texts: Texts, items: Sequence[SharedItem]) -> Iterator[str]:
    """Yield a sentence for each text that names an item by its title."""
    for where, text in texts:
        for item in items:
            if len(item.title) >= SHORTEST_TITLE and item.title.casefold() in text.casefold():
                yield f"{where}: take out the title “{item.title}”, which is not for the panel"
