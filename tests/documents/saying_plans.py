"""Plans whose every text is of the test's own making."""

from collections.abc import Callable

from plan_samples import applicant_action, panel_action

from portal.documents.content import (
    ApplicantContact,
    ApplicantDate,
    ApplicantPlan,
    ApplicantRoute,
    ApplicantSpoc,
    ApplicantText,
    Fact,
    PanelAbsence,
    PanelContact,
    PanelFinding,
    PanelMeeting,
    PanelPlan,
    PanelPower,
    PanelRecommendation,
    PanelText,
)

Say = Callable[[str], str]


def panel_plan_saying(say: Say) -> PanelPlan:
    """A plan whose every text is say(name of the field); lists hold two."""

    def fact(name: str) -> Fact:
        return Fact(say(name))

    def text(name: str) -> PanelText:
        return PanelText(say(name))

    both = (1, 2)
    return PanelPlan(
        office_name=fact("office"),
        reference=fact("reference"),
        applicant_name=fact("applicant name"),
        lga_name=fact("lga"),
        issue_number=3,
        issued_on=fact("issued on"),
        safe_contact=text("safe contact"),
        meeting=PanelMeeting(when=fact("when"), place=fact("place"), chair=fact("chair")),
        present=tuple(text(f"present {n}") for n in both),
        not_present=tuple(
            PanelAbsence(
                name=fact(f"absent {n}"), agency=fact(f"its agency {n}"), why=text(f"why {n}")
            )
            for n in both
        ),
        applicant_attendance=text("attendance"),
        threshold=text("threshold"),
        consulted=text("consulted"),
        next_look=text("next look"),
        actions=tuple(
            panel_action(
                n,
                say(f"what {n}"),
                (fact(f"owner {n}"), fact(f"owner agency {n}")),
                say(f"by {n}"),
                say(f"know {n}"),
                say(f"told {n}"),
            )
            for n in both
        ),
        findings=tuple(
            PanelFinding(heading=text(f"finding {n}"), text=text(f"finding text {n}")) for n in both
        ),
        contact=PanelContact(name=fact("contact"), phone=fact("phone"), email=fact("email")),
        checked_by=text("checked by"),
        powers=tuple(
            PanelPower(
                name=fact(f"power {n}"),
                who_may_use_it=fact(f"power of {n}"),
                result=fact(f"result {n}"),
                reason=text(f"reason {n}"),
            )
            for n in both
        ),
        recommendations=tuple(
            PanelRecommendation(
                number=n,
                what=text(f"advice {n}"),
                to=fact(f"to {n}"),
                answer_by=fact(f"answer {n}"),
            )
            for n in both
        ),
        marking=fact("marking"),
    )


def applicant_plan_saying(say: Say) -> ApplicantPlan:
    """A plan whose every text is say(name of the field); lists hold two."""

    def fact(name: str) -> Fact:
        return Fact(say(name))

    def text(name: str) -> ApplicantText:
        return ApplicantText(say(name))

    both = (1, 2)
    return ApplicantPlan(
        office_name=fact("office"),
        reference=fact("reference"),
        applicant_name=fact("applicant name"),
        issued_on=fact("issued on"),
        spoc=ApplicantSpoc(
            name=fact("spoc"), phone=fact("phone"), hours=fact("hours"), email=fact("email")
        ),
        emergency=text("emergency"),
        introduction=tuple(text(f"introduction {n}") for n in both),
        what_was_agreed=tuple(text(f"agreed {n}") for n in both),
        actions=tuple(
            applicant_action(
                n, say(f"words {n}"), (say(f"who {n}"), say(f"agency {n}")), say(f"by {n}")
            )
            for n in both
        ),
        next_dates=tuple(
            ApplicantDate(when=fact(f"when {n}"), what=text(f"what {n}")) for n in both
        ),
        not_happy=tuple(
            ApplicantRoute(about=text(f"about {n}"), words=text(f"route {n}")) for n in both
        ),
        contacts=tuple(
            ApplicantContact(
                label=text(f"label {n}"),
                name=fact(f"contact {n}"),
                agency=fact(f"contact agency {n}"),
                how=text(f"how {n}"),
            )
            for n in both
        ),
        how_we_reach_you=text("how we reach you"),
    )
