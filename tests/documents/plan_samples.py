"""One fictional case's plan in both versions, full, empty and long."""

from dataclasses import replace

from portal.documents.content import (
    ApplicantAction,
    ApplicantContact,
    ApplicantDate,
    ApplicantPlan,
    ApplicantRoute,
    ApplicantSpoc,
    ApplicantText,
    Fact,
    PanelAbsence,
    PanelAction,
    PanelContact,
    PanelFinding,
    PanelMeeting,
    PanelPlan,
    PanelPower,
    PanelRecommendation,
    PanelText,
)

OFFICE = Fact("Office of the Commissioner for Wharrow Valley")
OKAFOR, POLICE = Fact("Sgt Daniel Okafor"), Fact("Wharrow Valley Police")
CASTELL, COUNCIL = Fact("Marie Castell"), Fact("Hexley Council")
BEDDOES, TOLLGATE = Fact("Tom Beddoes"), Fact("Tollgate Homes")
RAO, ICB = Fact("Sunita Rao"), Fact("Wharrow ICB")


def panel_action(
    number: int, what: str, who: tuple[Fact, Fact], by: str, know: str, told: str
) -> PanelAction:
    return PanelAction(
        number=number,
        what=PanelText(what),
        owner_person=who[0],
        owner_agency=who[1],
        by_when=Fact(by),
        how_we_know=PanelText(know),
        what_applicant_is_told=PanelText(told),
    )


def applicant_action(number: int, words: str, who: tuple[str, str], by: str) -> ApplicantAction:
    return ApplicantAction(
        number=number,
        words=ApplicantText(words),
        who_person=Fact(who[0]),
        who_agency=Fact(who[1]),
        by_when=Fact(by),
    )


def noor_panel_plan() -> PanelPlan:
    return PanelPlan(
        office_name=OFFICE,
        reference=Fact("ACR-7K3Q-9MXD"),
        applicant_name=Fact("Noor Haddad"),
        lga_name=Fact("Hexley"),
        issue_number=1,
        issued_on=Fact("Friday 22 January 2027"),
        safe_contact=PanelText(
            "no letters to the home, no voicemail; text first, 9am to 1pm; Arabic interpreter."
        ),
        meeting=PanelMeeting(
            when=Fact("Tuesday 19 January 2027, 10:03am to 11:24am"),
            place=Fact("Hexley Civic Centre room 2 and video"),
            chair=Fact("Margaret Lyle, independent"),
        ),
        present=(
            PanelText("Sgt Daniel Okafor, Wharrow Valley Police"),
            PanelText("Marie Castell, Hexley Council"),
            PanelText("Tom Beddoes, Tollgate Homes"),
            PanelText("Helen Carr, Moorside School"),
            PanelText("Ruth Adeyemi, coordinator"),
        ),
        not_present=(
            PanelAbsence(name=RAO, agency=ICB, why=PanelText("required; no apology received")),
        ),
        applicant_attendance=PanelText(
            "Came to the opening section by video with an interpreter, 10:08am to 10:29am. "
            "The chair read out her statement"
        ),
        threshold=PanelText("Met on 5 January 2027: one hate report in six months"),
        consulted=PanelText(
            "Thursday 21 January 2027, by phone with an interpreter. Actions 5 and 6 were changed"
        ),
        next_look=PanelText(
            "Tuesday 16 February 2027, by the coordinator. "
            "An owner who cannot keep a date says so before it passes"
        ),
        actions=(
            panel_action(
                1,
                "Record WV-2611-0447 as a hate crime and do the hate crime risk assessment "
                "with Noor",
                (OKAFOR, POLICE),
                "Friday\n22 January 2027",
                "Crime record changed; score sent to the coordinator",
                "Her action 1",
            ),
            panel_action(
                2,
                "Decide on a community protection warning to the person complained about and "
                "tell the coordinator either way",
                (OKAFOR, POLICE),
                "Friday\n29 January 2027",
                "Decision and reasons on the case",
                "Her action 2, in other words",
            ),
            panel_action(
                3,
                "Correct log HC-44817 to “hate incident” and start the hate incident procedure",
                (CASTELL, COUNCIL),
                "Friday\n22 January 2027",
                "Log entry and procedure number sent to the coordinator",
                "Her action 3, in other words",
            ),
            panel_action(
                4,
                "Camera on the stairwell for 28 days",
                (CASTELL, COUNCIL),
                "Friday\n5 February 2027",
                "Installation sheet",
                "Not told. Telling would defeat the purpose. Look again on 8 March",
            ),
            panel_action(
                5,
                "Fit new safety glass and a door viewer at Noor’s flat, on a day she chooses, "
                "not a Monday",
                (BEDDOES, TOLLGATE),
                "Friday\n29 January 2027",
                "Photo, and Noor’s word that she is content",
                "Her action 4",
            ),
            panel_action(
                6,
                "Be Noor’s one housing officer; call her every Wednesday, text first, 9am to 1pm",
                (BEDDOES, TOLLGATE),
                "From Thursday\n21 January 2027",
                "Call log, seen at each update",
                "Her action 5",
            ),
            panel_action(
                7,
                "Offer an appointment about sleep and fear, with an interpreter",
                (RAO, ICB),
                "Friday\n5 February 2027",
                "Date of the appointment, nothing more",
                "Her action 6",
            ),
        ),
        findings=(
            PanelFinding(
                heading=PanelText("Harm."),
                text=PanelText(
                    "Noor and her son, aged 9, are afraid on their own stairs. She has given up "
                    "evening work. Risk scored high on 19 January (medium on 18 December)."
                ),
            ),
            PanelFinding(
                heading=PanelText("Was what was done enough?"),
                text=PanelText(
                    "No. The report of 2 November was recorded as damage and the call of "
                    "9 November as a dispute between neighbours, so the hate procedures of both "
                    "agencies did not start."
                ),
            ),
            PanelFinding(
                heading=PanelText("What Noor would like."),
                text=PanelText(
                    "“Somebody to say it was hate. My door mended. One person to call, who knows "
                    "the story. Not to meet him on the stairs.”"
                ),
            ),
        ),
        contact=PanelContact(
            name=Fact("Ruth Adeyemi"),
            phone=Fact("01632 960142"),
            email=Fact("ruth.adeyemi@example.org"),
        ),
        checked_by=PanelText("Checked by Margaret Lyle, chair, on Thursday 21 January 2027."),
        powers=(
            PanelPower(
                name=Fact("Community protection warning"),
                who_may_use_it=Fact("Police, council"),
                result=Fact("To decide"),
                reason=PanelText("Test looked at; waits for the risk assessment. Action 2"),
            ),
            PanelPower(
                name=Fact("Civil injunction"),
                who_may_use_it=Fact("Police, council, landlord"),
                result=Fact("Not now"),
                reason=PanelText("One incident can be proved so far"),
            ),
            PanelPower(
                name=Fact("Mediation"),
                who_may_use_it=Fact("Landlord"),
                result=Fact("Rejected"),
                reason=PanelText("Not suitable where the motive is hate"),
            ),
        ),
        recommendations=(
            PanelRecommendation(
                number=1,
                what=PanelText(
                    "Ask the same three questions in every neighbour report, so that hate is "
                    "seen at the first call"
                ),
                to=Fact("Hexley Council and Wharrow Valley Police"),
                answer_by=Fact("Friday 19 March 2027"),
            ),
        ),
    )


def noor_applicant_plan() -> ApplicantPlan:
    return ApplicantPlan(
        office_name=OFFICE,
        reference=Fact("ACR-7K3Q-9MXD"),
        applicant_name=Fact("Noor Haddad"),
        issued_on=Fact("Friday 22 January 2027"),
        spoc=ApplicantSpoc(
            name=Fact("Ruth Adeyemi"),
            phone=Fact("01632 960142"),
            hours=Fact("Monday to Friday, 9am to 5pm"),
            email=Fact("ruth.adeyemi@example.org"),
        ),
        emergency=ApplicantText("If you are in danger, call 999."),
        introduction=(
            ApplicantText(
                "This plan says what will be done, who will do it, and by when. You told us what "
                "you would like on 19 January and you saw a draft on 21 January. You asked for "
                "the door first, and for nothing on Mondays. The plan now says so."
            ),
        ),
        what_was_agreed=(
            ApplicantText(
                "What was done before was not enough. What happened to you should have been "
                "recorded as hate from the start. We are sorry that it was not."
            ),
        ),
        actions=(
            applicant_action(
                1,
                "Your report will be recorded as a hate crime. Sgt Okafor will talk with you "
                "about what would make you safer.",
                ("Sgt Daniel Okafor", "Police"),
                "Friday\n22 January 2027",
            ),
            applicant_action(
                2,
                "The police will decide whether to warn the person you told us about, and will "
                "tell you what they have decided.",
                ("Sgt Daniel Okafor", "Police"),
                "Friday\n29 January 2027",
            ),
            applicant_action(
                3,
                "The council’s record will say “hate incident”, not “dispute between neighbours”. "
                "Marie Castell will explain what the council does next.",
                ("Marie Castell", "Hexley Council"),
                "Friday\n22 January 2027",
            ),
            applicant_action(
                4,
                "Your door will be mended with safety glass and get a door viewer, on a day you "
                "choose but not a Monday.",
                ("Tom Beddoes", "Tollgate Homes"),
                "Friday\n29 January 2027",
            ),
            applicant_action(
                5,
                "You will have one person at Tollgate Homes. He calls every Wednesday between "
                "9am and 1pm, and sends a text first.",
                ("Tom Beddoes", "Tollgate Homes"),
                "From Thursday\n21 January 2027",
            ),
            applicant_action(
                6,
                "You will be offered an appointment about sleep and fear, with an interpreter. "
                "It is your choice.",
                ("Sunita Rao", "NHS"),
                "Friday\n5 February 2027",
            ),
        ),
        next_dates=(
            ApplicantDate(
                when=Fact("Any day"),
                what=ApplicantText(
                    "You can see what is done, and tell us if it is not:\n"
                    "case-review.example.org, with your reference"
                ),
            ),
            ApplicantDate(
                when=Fact("Tuesday\n16 February 2027"),
                what=ApplicantText(
                    "Ruth sends a text, then calls, to go through the plan with you"
                ),
            ),
            ApplicantDate(
                when=Fact("When all is done"),
                what=ApplicantText(
                    "We tell you that the plan is complete, and ask how it was for you"
                ),
            ),
        ),
        not_happy=(
            ApplicantRoute(
                about=ApplicantText("With an action:"), words=ApplicantText("tell Ruth.")
            ),
            ApplicantRoute(
                about=ApplicantText("With how the review was carried out:"),
                words=ApplicantText(
                    "you can appeal from today until 14 days after the plan is completed. Write, "
                    "or call and we write it down for you. Other people decide, not this office."
                ),
            ),
            ApplicantRoute(
                about=ApplicantText("With one agency:"),
                words=ApplicantText(
                    "you can complain to it, and after that to an ombudsman. "
                    "Ruth can tell you which one."
                ),
            ),
        ),
        contacts=(
            ApplicantContact(
                label=ApplicantText("Your support"),
                name=Fact("Kelly Nash"),
                agency=Fact("Wharrow Victim Care"),
                how=ApplicantText("01632 960177"),
            ),
            ApplicantContact(
                label=ApplicantText("In Arabic"),
                name=Fact(""),
                agency=Fact(""),
                how=ApplicantText(
                    "Ruth can read this plan to you with an interpreter, as often as you like."
                ),
            ),
        ),
        how_we_reach_you=ApplicantText(
            "Text first, between 9am and 1pm. No voicemail. No letters to your home. "
            "Tell Ruth if this changes."
        ),
    )


def empty_panel_plan() -> PanelPlan:
    """No list has anything in it and no optional text is there."""
    return replace(
        noor_panel_plan(),
        safe_contact=PanelText(""),
        present=(),
        not_present=(),
        next_look=PanelText(""),
        actions=(),
        findings=(),
        powers=(),
        recommendations=(),
        contact=PanelContact(name=Fact("Ruth Adeyemi"), phone=Fact(""), email=Fact("")),
    )


def empty_applicant_plan() -> ApplicantPlan:
    """The same for the applicant."""
    return replace(
        noor_applicant_plan(),
        introduction=(),
        what_was_agreed=(),
        actions=(),
        next_dates=(),
        not_happy=(),
        contacts=(),
        how_we_reach_you=ApplicantText(""),
    )


def long_panel_plan(count: int) -> PanelPlan:
    plan = noor_panel_plan()
    actions = tuple(replace(plan.actions[n % 7], number=n + 1) for n in range(count))
    return replace(plan, actions=actions)
