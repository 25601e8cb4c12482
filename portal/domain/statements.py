"""Who reads the applicant's statement out, and who may read it, as the applicant chose."""

import enum


class ReadsOut(enum.StrEnum):
    """Who reads a statement out in the meeting."""

    APPLICANT = "applicant"
    SUPPORT_WORKER = "support_worker"
    CHAIR = "chair"
    APPLICANT_REPRESENTATIVE = "applicant_representative"
    OTHER = "other"


class PanelReads(enum.StrEnum):
    """From when on the panel may read a statement, as the applicant chose."""

    BEFORE = "before"
    ONCE_READ_OUT = "once_read_out"
    NEVER = "never"
