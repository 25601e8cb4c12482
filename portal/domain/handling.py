"""Who may read a thing that was shared on a case: the reader table of the product, once."""

import enum


class Handling(enum.StrEnum):
    """How widely the one who shares lets a thing be read inside the case."""

    PANEL = "panel"
    STATUTORY = "statutory"
    NAMED = "named"
    CHAIR_AND_COORDINATOR = "chair_and_coordinator"


class Told(enum.StrEnum):
    """Whether the applicant may be told, a question apart from the handling."""

    NO = "no"
    YES = "yes"
    IN_THESE_WORDS = "in_these_words"


class Reader(enum.StrEnum):
    """What somebody is to one shared thing on a case that they may open."""

    SHARING_AGENCY = "sharing_agency"
    NAMED_AGENCY = "named_agency"
    RELEVANT_BODY = "relevant_body"
    OTHER_PANEL_AGENCY = "other_panel_agency"
    CHAIR = "chair"
    COORDINATOR = "coordinator"
    SUPPORT_WORKER = "support_worker"
    OBSERVER = "observer"


_ALWAYS = frozenset({Reader.SHARING_AGENCY, Reader.CHAIR, Reader.COORDINATOR})

READERS: dict[Handling, frozenset[Reader]] = {
    Handling.PANEL: _ALWAYS
    | {Reader.NAMED_AGENCY, Reader.RELEVANT_BODY, Reader.OTHER_PANEL_AGENCY},
    Handling.STATUTORY: _ALWAYS | {Reader.RELEVANT_BODY},
    Handling.NAMED: _ALWAYS | {Reader.NAMED_AGENCY},
    Handling.CHAIR_AND_COORDINATOR: _ALWAYS,
}


def may_read(reader: Reader, handling: Handling) -> bool:
    """Say whether such a reader may read a thing of this handling."""
    return reader in READERS[handling]


def handlings_open_to(reader: Reader) -> frozenset[Handling]:
    """Return the handlings that such a reader may read."""
    return frozenset(handling for handling in Handling if may_read(reader, handling))


class AgencyKind(enum.StrEnum):
    """What sort of body an agency is."""

    POLICE = "police"
    COUNCIL = "council"
    HOUSING_PROVIDER = "housing_provider"
    HEALTH = "health"
    FIRE = "fire"
    PROBATION = "probation"
    SCHOOL = "school"
    CHARITY = "charity"
    VICTIM_SUPPORT = "victim_support"


_RELEVANT_KINDS = frozenset({AgencyKind.POLICE, AgencyKind.COUNCIL, AgencyKind.HEALTH})


def is_relevant_body(kind: AgencyKind, *, is_co_opted: bool) -> bool:
    """Say whether an agency is a relevant body (2014 Act, section 105, and co-opted providers)."""
    if kind in _RELEVANT_KINDS:
        return True
    return kind is AgencyKind.HOUSING_PROVIDER and is_co_opted
