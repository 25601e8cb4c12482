"""A case and the people who work on it."""

from dataclasses import dataclass, field
from typing import Any

from tests.journeys.chair import Chair
from tests.journeys.conftest import Server
from tests.journeys.people import AgencyRepresentative, Coordinator


@dataclass
class Review:
    """The case has no reference until somebody has typed it in."""

    server: Server
    coordinator: Coordinator
    police: AgencyRepresentative
    council: AgencyRepresentative
    housing: AgencyRepresentative
    fire: AgencyRepresentative
    chair: Chair
    reference: str = field(default="")

    def panel(self) -> tuple[AgencyRepresentative, ...]:
        return self.police, self.council, self.housing, self.fire

    def everybody(self) -> tuple[Any, ...]:
        return self.coordinator, *self.panel(), self.chair
