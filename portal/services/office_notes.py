"""What a request that came by the form says to the office alone."""

from dataclasses import dataclass

from portal.access.scope.drafts import sent_requests_for
from portal.db import db
from portal.domain.roles import Actor
from portal.models.draft import SupportWanted

_SUPPORT = {
    SupportWanted.CONTACT_ME: "Wants to be supported: ask them to make contact in the safe way",
    SupportWanted.TELL_ME_MORE: "Wants to know more about support",
}


@dataclass(frozen=True)
class OfficeNote:
    """What only the coordinator reads.

    Attributes:
        keep_from: who must not see the request, in the applicant's words.
        wants_call: they asked for somebody to talk to on the day they sent it.
        more: other names, an earlier address, support: a sentence each.
    """

    keep_from: str
    wants_call: bool
    more: tuple[str, ...]


def office_note(actor: Actor, case_id: int) -> OfficeNote | None:
    """Return the note of a case, none where nothing was said; belongs inside a transaction."""
    row = db.session.scalars(sent_requests_for(actor, case_id)).one_or_none()
    if row is None:
        return None
    said = (
        row.other_names and f"Other names used in reports: {row.other_names}",
        row.earlier_address and f"Earlier address: {', '.join(row.earlier_address.splitlines())}",
        _SUPPORT.get(row.support, "") if row.support else "",
    )
    note = OfficeNote(row.keep_from, row.wants_call, tuple(each for each in said if each))
    return note if note.keep_from or note.wants_call or note.more else None
