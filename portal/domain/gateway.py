"""The legal gateway of an information request: what an agency must give, and what it may."""

from portal.domain.handling import AgencyKind

_PUBLIC = frozenset(
    {
        AgencyKind.POLICE,
        AgencyKind.COUNCIL,
        AgencyKind.HEALTH,
        AgencyKind.FIRE,
        AgencyKind.PROBATION,
        AgencyKind.SCHOOL,
    }
)
_MUST = (
    "You exercise public functions. If you hold the information in connection with them, you must "
    "give it."
)
_MAY = "You may give it."
_LANDLORD = (
    "As a local provider of social housing you must co-operate in the matters we name "
    "(paragraph 6)."
)


def duty_of(kind: AgencyKind) -> tuple[str, ...]:
    """Return what the Act asks of an agency of this kind, a sentence each.

    Source: Anti-social Behaviour, Crime and Policing Act 2014, Schedule 4, paragraphs 6 and 7.
    """
    if kind is AgencyKind.HOUSING_PROVIDER:
        return _MAY, _LANDLORD
    return (_MUST,) if kind in _PUBLIC else (_MAY,)
