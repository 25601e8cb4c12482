"""Plans of the sample cases: the applicant consulted, a plan changed, by the same services."""

from portal.domain.roles import Actor
from portal.jobs.demo_steps import COORDINATORS, acting, day, token
from portal.services import actions, consulting, issuing, plan_changing, planning
from portal.services.consulted import ConsultationOutcome, ConsultationWay


def consult(coordinator: Actor, reference: str, on: str, said: str, what_changed: str) -> None:
    """Ask the applicant by phone about what stands, and write down what they say."""
    number = consulting.start(coordinator, reference, token(), ConsultationWay.PHONE, None)
    page = consulting.open_consultation(coordinator, reference, number)
    answer = consulting.TypedAnswer(
        outcome=ConsultationOutcome.SAID,
        answer=said,
        answered_on=day(on),
        what_changed=what_changed,
    )
    version = page.consultation.version
    consulting.write_answer(coordinator, reference, number, token(), answer, version)


def change(area: str, reference: str, chair_email: str, on: str, to: str) -> None:
    """Give the first action another day, ask the applicant, and issue the plan again.

    Args:
        area: by its slug.
        reference: of the case.
        chair_email: who checks it.
        on: the day of all this.
        to: the new day.
    """
    coordinator = acting(COORDINATORS[area], f"{on}T09:30")
    plan_changing.open_change(coordinator, reference, token())
    action = actions.open_action(coordinator, reference, 1).action
    typed = actions.TypedAction(
        what=action.what,
        owner=action.owner_key,
        due_on=day(to),
        how_we_know=action.how_we_know,
        words_for_applicant=action.words_for_applicant,
        reason_not_told="",
    )
    actions.change_action(coordinator, reference, 1, token(), typed, action.version)
    page = planning.open_plan(coordinator, reference)
    draft = planning.TypedDraft(
        findings=page.draft.findings,
        what_was_agreed=page.draft.what_was_agreed,
        next_look_on=page.draft.next_look_on,
        what_changed="\n".join([*page.changes.panel, "The supplier delivers late."]),
        what_changed_for_applicant="\n".join(
            [*page.changes.applicant, "The lamps come later than we were told."]
        ),
    )
    planning.write_draft(coordinator, reference, token(), draft, page.draft.version)
    said = "“Later is not good, but we understand. Please tell us if it slips again.”"
    consult(coordinator, reference, on, said, "Nothing: the council tells them each week")
    chair = acting(chair_email, f"{on}T11:00", coordinator.area_id)
    version = planning.open_plan(chair, reference).draft.version
    planning.check_draft(chair, reference, token(), version)
    issuing.issue_plan(acting(COORDINATORS[area], f"{on}T15:00"), reference, token())
