"""As what somebody belongs to a panel, and what keeps somebody out of it."""

import enum


class Standing(enum.StrEnum):
    """As what somebody was named for their agency's seat; all but an observer read as it."""

    AGENCY_REPRESENTATIVE = "agency_representative"
    DEPUTY = "deputy"
    INVITED_COLLEAGUE = "invited_colleague"
    OBSERVER = "observer"


class ConflictKind(enum.StrEnum):
    """What a conflict of interest comes from."""

    PARTY = "party"
    NEIGHBOUR = "neighbour"
    COMPLAINED_ABOUT = "complained_about"
    FORMER_EMPLOYER = "former_employer"
    OTHER = "other"
