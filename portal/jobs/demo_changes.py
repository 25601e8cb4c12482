"""What was corrected and withdrawn in the story of Noor Haddad."""

from dataclasses import replace

from portal.domain.handling import Handling, Told
from portal.domain.roles import Actor
from portal.jobs.demo_steps import acting, share, token
from portal.services import corrections, sharing

POLICE = "police@wharrow-police.example"
HEXLEY = "council@hexley.example"


def noor_haddad(reference: str) -> None:
    """The council puts its log right; the police take back what belongs to another case."""
    council = acting(HEXLEY, "2027-01-13T09:20")
    key = _key_of(council, reference, "Call to the council, log HC-44817")
    page = corrections.open_correction(council, reference, key)
    item = page.item
    typed = sharing.TypedItem(
        title=item.title,
        happened_on=item.happened_on,
        content=f"{item.content} Log corrected on 13 January 2027.",
        handling=Handling(item.handling),
        named=item.named_ids,
        told=Told(item.told),
        words=item.words,
    )
    reason = "Our log now says what she told us."
    corrections.correct_item(council, reference, key, token(), typed, reason, item.version)

    police = acting(POLICE, "2027-01-12T16:10")
    share(
        police,
        reference,
        "2026-12-12",
        "Call about noise on the landing",
        "A caller from the second floor heard banging at 11pm. No officer was free.",
        Handling.PANEL,
    )
    key = _key_of(police, reference, "Call about noise on the landing")
    withdrawn = replace(police, at=acting(POLICE, "2027-01-13T11:45").at)
    reason = "The call was about another block of the same name."
    corrections.withdraw_item(withdrawn, reference, key, token(), reason, sharing.FIRST_VERSION)


def _key_of(actor: Actor, reference: str, title: str) -> str:
    items = sharing.open_shared(actor, reference).items
    return next(item.key for item in items if item.title == title)
