"""From rows to what the applicant's version of a plan says, issued or as a draft for them to read.

It is made of what was written for the applicant and of plain facts; no text of the panel is handed
to the function that builds it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.access.gate import Opened
from portal.db import db
from portal.documents.content import (
    ApplicantAction,
    ApplicantDate,
    ApplicantPlan,
    ApplicantRoute,
    ApplicantSpoc,
    ApplicantText,
    Fact,
    long_date,
)
from portal.domain.deadlines import london_day
from portal.domain.roles import Actor
from portal.models.person import Area
from portal.models.plan import PlanDraft
from portal.services.actions import ShownAction
from portal.services.agreed import agreed
from portal.services.consulted import consultations_of, said_on
from portal.services.frames import frame
from portal.services.plan_content import OFFICE_HOURS, Owner, by_when, owner_of


@dataclass(frozen=True)
class ForApplicant:
    """All that the applicant's version is built from: their words and plain facts.

    Attributes:
        issue: the number of the issue; 0 for a draft that they are consulted on.
        answer_by: of a draft, until when they have time to answer.
        what_changed: since the issue before; empty in the first, and in a draft of it.
    """

    office_name: str
    office_phone: str
    office_email: str
    reference: str
    applicant_name: str
    coordinator: str
    issued_on: dt.date
    consulted_on: dt.date | None
    next_look_on: dt.date | None
    what_was_agreed: ApplicantText
    actions: tuple[tuple[ApplicantText, Owner, dt.date | None], ...]
    what_changed: ApplicantText
    issue: int
    answer_by: dt.date | None = None


def for_applicant(
    actor: Actor,
    opened: Opened,
    draft: PlanDraft,
    actions: Sequence[ShownAction],
    issue: int,
    answer_by: dt.date | None = None,
) -> ForApplicant:
    """Take from the case what was written for the applicant; belongs inside a transaction.

    Args:
        actor: the coordinator or the chair.
        opened: the case.
        draft: as it stands.
        actions: in their order.
        issue: the number of the issue; 0 for a draft.
        answer_by: of a draft.
    """
    area = db.session.get_one(Area, opened.case.area_id)
    words = (each.words_for_applicant for each in agreed(actor, opened).recommendations)
    return ForApplicant(
        office_name=area.office_name,
        office_phone=area.office_phone,
        office_email=area.office_email,
        reference=opened.case.reference,
        applicant_name=frame(actor, opened).name,
        coordinator=actor.name,
        issued_on=london_day(actor.at),
        consulted_on=said_on(consultations_of(actor, opened)),
        next_look_on=draft.next_look_on,
        what_was_agreed=ApplicantText("\n".join([draft.what_was_agreed, *filter(None, words)])),
        actions=tuple(
            (ApplicantText(action.words_for_applicant), owner_of(action), action.due_on)
            for action in actions
            if action.is_told
        ),
        what_changed=ApplicantText(draft.what_changed_for_applicant),
        issue=issue,
        answer_by=answer_by,
    )


def applicant_plan(facts: ForApplicant) -> ApplicantPlan:
    """Build what the applicant's version says."""
    is_draft = facts.issue == 0
    return ApplicantPlan(
        office_name=Fact(facts.office_name),
        reference=Fact(facts.reference),
        applicant_name=Fact(facts.applicant_name),
        issued_on=long_date(facts.issued_on),
        spoc=ApplicantSpoc(
            name=Fact(facts.coordinator),
            phone=Fact(facts.office_phone),
            hours=OFFICE_HOURS,
            email=Fact(facts.office_email),
        ),
        emergency=ApplicantText("If you are in danger, call 999."),
        introduction=_of_draft(facts) if is_draft else _introduction(facts),
        what_was_agreed=_lines(facts.what_was_agreed),
        actions=tuple(
            ApplicantAction(
                number=number,
                words=words,
                who_person=owner.person,
                who_agency=owner.agency,
                by_when=by_when(due_on),
            )
            for number, (words, owner, due_on) in enumerate(facts.actions, start=1)
        ),
        next_dates=_next_dates(facts),
        # There is nothing to appeal against yet.
        not_happy=() if is_draft else _NOT_HAPPY,
        contacts=(),
        how_we_reach_you=ApplicantText(
            f"Only in the way that you told us is safe. Tell {facts.coordinator} if this changes."
        ),
        issue=Fact("Draft" if is_draft else f"Issue {facts.issue}"),
        draft=ApplicantText(_on_each_page(facts) if is_draft else ""),
        what_changed=_lines(facts.what_changed),
    )


def _lines(text: str) -> tuple[ApplicantText, ...]:
    return tuple(ApplicantText(line) for line in text.split("\n") if line.strip())


def _on_each_page(facts: ForApplicant) -> str:
    by = f" Answer by {long_date(facts.answer_by)}" if facts.answer_by else ""
    return f"DRAFT.{by}"


def _of_draft(facts: ForApplicant) -> tuple[ApplicantText, ...]:
    """Return what stands above a draft: the three questions, and that no answer stops no help."""
    by = f" by {long_date(facts.answer_by)}" if facts.answer_by else ""
    return (
        ApplicantText(
            f"This is a draft. It is not final yet. Tell {facts.coordinator} what you think{by}: "
            "call, write, or ask somebody to do it for you."
        ),
        ApplicantText(" ".join(QUESTIONS)),
        ApplicantText(
            "We keep what you say, in your words. You do not have to answer. Your help does not "
            "stop if you do not."
        ),
    )


QUESTIONS = (
    "Would this help you?",
    "Does anything in it make you feel less safe?",
    "What is missing?",
)


def _introduction(facts: ForApplicant) -> tuple[ApplicantText, ...]:
    text = "This plan says what will be done, who will do it, and by when."
    if facts.consulted_on:
        text += f" We asked you about a draft of it on {long_date(facts.consulted_on)}."
    if facts.issue == 1:
        return (ApplicantText(text),)
    newer = f"This is issue {facts.issue} of your plan. It takes the place of the one before."
    return ApplicantText(newer), ApplicantText(text)


def words_of(facts: ForApplicant) -> str:
    """Return what the plan tells the applicant, as it is read out to them and compared.

    What differs between a draft and an issue of the same text is left out: its day, its number,
    what stands above it, and who of the office made it.
    """
    lines = [line for line in facts.what_was_agreed.split("\n") if line.strip()]
    for number, (words, owner, due_on) in enumerate(facts.actions, start=1):
        by = by_when(due_on).replace("\n", " ")
        lines.append(f"{number}. {words}\n{owner.person}, {owner.agency}. By {by}.")
    if facts.next_look_on:
        lines.append(f"{long_date(facts.next_look_on)}: we go through the plan with you.")
    return "\n".join(lines)


@dataclass(frozen=True)
class DraftRow:
    """A row of the draft on the applicant's page; ``who`` does it and by when, where anybody."""

    label: str
    words: str
    who: str = ""


def rows_of(facts: ForApplicant) -> tuple[DraftRow, ...]:
    """Return what ``words_of`` says, row by row, as the applicant is asked about it on a page."""
    agreed_lines = [line for line in facts.what_was_agreed.split("\n") if line.strip()]
    rows = [DraftRow("What was agreed", "\n".join(agreed_lines))] if agreed_lines else []
    for number, (words, owner, due_on) in enumerate(facts.actions, start=1):
        by = by_when(due_on).replace("\n", " ")
        rows.append(
            DraftRow(f"Action {number}", words, f"{owner.person}, {owner.agency}. By {by}.")
        )
    if facts.next_look_on:
        day = long_date(facts.next_look_on)
        rows.append(DraftRow("The next date", f"{day}: we go through the plan with you."))
    return tuple(rows)


def _next_dates(facts: ForApplicant) -> tuple[ApplicantDate, ...]:
    found = []
    if facts.next_look_on:
        words = ApplicantText(f"{facts.coordinator} goes through the plan with you")
        found.append(ApplicantDate(when=long_date(facts.next_look_on), what=words))
    done = ApplicantText("We tell you that the plan is complete, and ask how it was for you")
    return (*found, ApplicantDate(when=Fact("When all is done"), what=done))


# Product: an appeal against the way the review was carried out opens when the plan is issued and
# ends 14 days after the plan is completed.
_NOT_HAPPY = (
    ApplicantRoute(
        about=ApplicantText("With an action:"), words=ApplicantText("tell the person above.")
    ),
    ApplicantRoute(
        about=ApplicantText("With how the review was carried out:"),
        words=ApplicantText(
            "you can appeal from today until 14 days after the plan is completed. Write, or call "
            "and we write it down for you. Other people decide, not this office."
        ),
    ),
    ApplicantRoute(
        about=ApplicantText("With one agency:"),
        words=ApplicantText(
            "you can complain to it, and after that to an ombudsman. We can tell you which one."
        ),
    ),
)
