"""Meetings and plans of the sample cases, by the same services as real ones."""

import datetime as dt

from portal.domain.roles import Actor
from portal.jobs import demo_plans, demo_table
from portal.jobs.demo_steps import COORDINATORS, acting, day, token
from portal.models.meeting import Presence
from portal.services import actions, booking, issuing, meeting, planning


def book(
    coordinator: Actor, reference: str, on: str, place: str, applicant_email: str = ""
) -> None:
    """Book the meeting at 10am and send the invites."""
    slug = reference.lower()
    booking.book_meeting(
        coordinator,
        reference,
        token(),
        booking.TypedMeeting(
            held_on=day(on),
            starts=dt.time(10, 0),
            ends=dt.time(11, 30),
            opening_minutes=20,
            place=place,
            join_link=f"https://meet.example/{slug}-panel",
            applicant_join_link=f"https://meet.example/{slug}-opening",
            applicant_email=applicant_email,
            reason_if_late="",
        ),
    )
    booking.send_invites(coordinator, reference, token())


def meet_and_issue(
    area: str,
    reference: str,
    chair_email: str,
    on: str,
    issued: str,
    agreed: dict[str, tuple[str, str, str]],
) -> None:
    """Hold the meeting, agree the actions, write, check and issue the plan."""
    area_id = acting(COORDINATORS[area], f"{on}T09:00").area_id
    chair = acting(chair_email, f"{on}T10:02", area_id)
    meeting.open_meeting(chair, reference, token())
    page = meeting.open_run_page(chair, reference)
    presences = {person.person_id: Presence.PRESENT for person in page.attenders}
    meeting.record_attendance(
        chair, reference, token(), presences, "Was there for the opening section"
    )
    meeting.add_decision(
        chair, reference, token(), "What was done before the review was not enough."
    )
    owners = [acting(email, f"{on}T10:30", area_id) for email, *_ in agreed.values()]
    demo_table.agree_to_confidentiality(reference, [chair, *owners])
    demo_table.find_adequacy(chair, reference, owners)
    demo_table.consider_powers(chair, reference, owners[0])
    for owner, (what, (_, due_on, words)) in zip(owners, agreed.items(), strict=True):
        actions.add_action(
            chair,
            reference,
            token(),
            actions.TypedAction(
                what=what,
                owner=f"{owner.person_id}-{owner.agency_id}",
                due_on=day(due_on),
                how_we_know="The owner tells the coordinator, with a photo or a date",
                words_for_applicant=words,
                reason_not_told="",
            ),
        )
    demo_table.tell_the_same_day(chair, reference, area, on)
    meeting.close_meeting(acting(chair_email, f"{on}T11:20", area_id), reference, token())
    coordinator = acting(COORDINATORS[area], f"{issued}T10:00")
    draft = planning.open_plan(coordinator, reference).draft
    planning.write_draft(
        coordinator,
        reference,
        token(),
        planning.TypedDraft(
            findings=draft.findings,
            what_was_agreed="What was done before was not enough. We are sorry.",
            next_look_on=None,
        ),
        draft.version,
    )
    demo_plans.consult(coordinator, reference, issued, "“I am content with it.”", "Nothing")
    version = planning.open_plan(coordinator, reference).draft.version
    planning.check_draft(
        acting(chair_email, f"{issued}T11:00", area_id), reference, token(), version
    )
    issuing.issue_plan(acting(COORDINATORS[area], f"{issued}T15:00"), reference, token())
