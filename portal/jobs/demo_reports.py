"""What the residents of the sample block reported, to whom, and what the agencies found."""

from portal.domain.roles import Actor
from portal.domain.threshold.facts import ReportState
from portal.jobs import demo_people as people
from portal.jobs.demo_steps import Reported, happened, token, typed_report
from portal.services import intake, reports

_CONFIRMED = ReportState.CONFIRMED


def larch_court(actor: Actor, reference: str) -> None:
    """Six residents report; one report is too old, and one incident was told to two agencies."""
    for happened_on, reported_on, to, by in (
        ("2025-08-25", "2025-08-27", people.POLICE, "June Hallam"),
        ("2026-01-12", "2026-01-13", people.POLICE, "Bea Thornley"),
        ("2026-01-22", "2026-01-22", people.POLICE, "Idris Vane"),
        ("2026-02-14", "2026-02-16", people.TOLLGATE, "Owen Castle"),
        ("2026-03-02", "2026-03-02", people.WHARROWDALE_COUNCIL, "Sal Whitby"),
        ("2026-03-06", "2026-03-09", people.POLICE, "Petra Lund"),
    ):
        happened(
            actor,
            reference,
            happened_on,
            "Drug use in the stairwell",
            "“You cannot get past them with the children.”",
            Reported(on=reported_on, to=to, by=by, state=_CONFIRMED),
        )
    _tell_the_landlord_too(actor, reference)


def _tell_the_landlord_too(actor: Actor, reference: str) -> None:
    shown = reports.open_reports(actor, reference).incidents
    of_january = next(each for each in shown if f"{each.happened_on}" == "2026-01-22")
    again = Reported(on="2026-01-23", to=people.TOLLGATE, reference="TH-55120", by="Idris Vane")
    intake.add_report(
        actor, reference, of_january.id, token(), typed_report(actor, reference, again)
    )
