"""The tables of the minutes: rows of the record as they stood on the day of the draft."""

from dataclasses import asdict, dataclass
from typing import Any

from portal.documents.minutes import (
    MinutesAction,
    MinutesAdequacy,
    MinutesAttendance,
    MinutesPower,
    MinutesRecommendation,
)
from portal.services.minutes_record import (
    Record,
    action_rows,
    adequacy_rows,
    attendance_rows,
    power_rows,
    recommendation_rows,
)


@dataclass(frozen=True)
class Tables:
    """Every table of the minutes; stored as it is, so a field that is renamed needs a migration."""

    attendance: tuple[MinutesAttendance, ...]
    adequacy: tuple[MinutesAdequacy, ...]
    powers: tuple[MinutesPower, ...]
    actions: tuple[MinutesAction, ...]
    recommendations: tuple[MinutesRecommendation, ...]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return what was typed into rows: where it stands, as a sentence names it, and what."""
        return [
            *((f"What was found for {each.agency}", each.fact) for each in self.adequacy),
            *(("Powers considered", each.words) for each in self.powers),
            *((f"Action {each.number}", _typed(each)) for each in self.actions),
            *((f"Recommendation {each.number}", each.what) for each in self.recommendations),
        ]


def _typed(action: MinutesAction) -> str:
    return f"{action.what}\n{action.how_we_know}\n{action.what_applicant_is_told}"


def tables_from(record: Record) -> dict[str, Any]:
    """Return the tables of a record as they are stored."""
    return asdict(
        Tables(
            attendance=attendance_rows(record.sittings),
            adequacy=adequacy_rows(record.agreed.findings),
            powers=power_rows(record.agreed.powers),
            actions=action_rows(record.actions),
            recommendations=recommendation_rows(record.agreed.recommendations),
        )
    )


def tables_of(stored: dict[str, Any]) -> Tables:
    """Return stored tables."""
    return Tables(
        attendance=tuple(MinutesAttendance(**row) for row in stored["attendance"]),
        adequacy=tuple(MinutesAdequacy(**row) for row in stored["adequacy"]),
        powers=tuple(MinutesPower(**row) for row in stored["powers"]),
        actions=tuple(MinutesAction(**row) for row in stored["actions"]),
        recommendations=tuple(MinutesRecommendation(**row) for row in stored["recommendations"]),
    )
