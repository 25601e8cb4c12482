"""The minutes of the sample cases, by the same services as real ones."""

from portal.domain.roles import Actor
from portal.jobs.demo_steps import COORDINATORS, acting, token
from portal.services import minutes, minutes_drafting, minutes_issuing

_WORDS = {
    "Was what was done enough?": "Reports of five flats were logged under different names and "
    "not linked before March.",
    "Lessons": "Reports from one stairwell are linked by address when they are logged.",
}


def issue_minutes(
    area: str, reference: str, chair_email: str, sent_round: str, agreed: str
) -> None:
    """Draft the minutes, send them round, agree and issue them."""
    coordinator = acting(COORDINATORS[area], f"{sent_round}T09:30")
    minutes_drafting.draft_minutes(coordinator, reference, token())
    chair = acting(chair_email, f"{sent_round}T11:00", coordinator.area_id)
    drafted = minutes.open_minutes(chair, reference).draft
    for text in drafted.texts if drafted else ():
        if text.heading in _WORDS:
            minutes.write_text(
                chair, reference, token(), text.number, _WORDS[text.heading], text.version
            )
    coordinator = acting(COORDINATORS[area], f"{sent_round}T12:00")
    version = _version(coordinator, reference)
    minutes.send_round(coordinator, reference, token(), version)
    chair = acting(chair_email, f"{agreed}T09:30", coordinator.area_id)
    minutes.agree(chair, reference, token(), _version(chair, reference))
    coordinator = acting(COORDINATORS[area], f"{agreed}T10:00")
    version = _version(coordinator, reference)
    minutes_issuing.issue_minutes(coordinator, reference, token(), version)


def _version(actor: Actor, reference: str) -> int:
    drafted = minutes.open_minutes(actor, reference).draft
    return drafted.version if drafted else 0
