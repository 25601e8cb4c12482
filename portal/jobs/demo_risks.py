"""The risk in the sample cases: the worked examples of our risk matrix."""

from portal.domain.risk.scorings import AnswerSource, Occasion, Sign
from portal.domain.roles import Actor
from portal.jobs.demo_steps import token
from portal.services import risk

_NOOR = (1, 1, 2, 4, 3, 4, 2, 2, 2, 2, 0, 3, 3, 1, 1)
_LARCH = (3, 2, 2, 1, 0, 0, 2, 2, 1, 1, 2, 3, 2, 1, 2)
_PIKE = (2, 2, 1, 2, 2, 0, 1, 1, 0, 0, 0, 1, 2, 0, 1)
_GWEN = (3, 2, 2, 1, 1, 0, 2, 4, 4, 3, 0, 1, 3, 2, 0)


def _score(
    actor: Actor,
    reference: str,
    points: tuple[int, ...],
    words: str,
    line: str,
    *signs: Sign,
) -> None:
    known = {f"q{number}": value for number, value in enumerate(points, start=1)}
    risk.score_risk(
        actor,
        reference,
        token(),
        risk.TypedScoring(
            occasion=Occasion.ASSESSMENT,
            answers={
                key: risk.TypedAnswer(
                    points=value,
                    source=AnswerSource.AGENCY if key == "q15" else AnswerSource.APPLICANT,
                )
                for key, value in known.items()
            },
            signs=signs,
            words=words,
            agency_words="",
            line=line,
        ),
        0,
    )


def noor(actor: Actor, reference: str) -> None:
    """High by its floor; no letter may reach the home."""
    _score(
        actor,
        reference,
        _NOOR,
        "“I do not sleep. He knows when I come home.”",
        "More harm is likely while nothing changes on the stairs.",
        Sign.UNSAFE_REPLY,
    )


def larch_court(actor: Actor, reference: str) -> None:
    """High by its sum, asked of the household hit hardest."""
    _score(
        actor,
        reference,
        _LARCH,
        "“The children will not walk past them.”",
        "Families use these stairs every day, and it goes on.",
    )


def pike(actor: Actor, reference: str) -> None:
    """Medium."""
    _score(
        actor,
        reference,
        _PIKE,
        "“We lock up in pairs now.”",
        "It may come again when they open and close the shop.",
    )


def gwen(actor: Actor, reference: str) -> None:
    """High, for what it does to her health; she asks for a review and is below the threshold."""
    _score(
        actor,
        reference,
        _GWEN,
        "“My heart races at every thud, and there is nobody to ring.”",
        "She needs help soon, and the nights go on.",
    )
