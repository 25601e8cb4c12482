"""What the sample requests say besides the incidents, and who agreed to what."""

from portal.domain.answers import Answer, Strand
from portal.domain.roles import Actor
from portal.jobs import demo_people as people
from portal.jobs.demo_steps import agency_ids, day, token
from portal.services import consents, contact_agencies, details, parties
from portal.services.consents import ConsentMethod
from portal.services.details import Answers, Landlord, TakingPart, Tenure
from portal.services.parties import PartyKind, PartyRole

_AGREED = ("Bea Thornley", "Idris Vane", "Petra Lund", "Owen Castle")
_NOT_AGREED = ("Sal Whitby", "June Hallam")


def _answer(actor: Actor, reference: str, *answers: Answers) -> None:
    for typed in answers:
        version = details.open_details(actor, reference).version
        details.change_details(actor, reference, token(), typed, version)


def _respondent(actor: Actor, reference: str, name: str, is_child: Answer) -> None:
    parties.add_party(
        actor,
        reference,
        token(),
        role=PartyRole.RESPONDENT,
        kind=PartyKind.INDIVIDUAL,
        name=name,
        is_child=is_child,
    )


def noor(actor: Actor, reference: str) -> None:
    """Everything is asked; the council may reach her."""
    _respondent(actor, reference, "Wayne Tulloch", Answer.NO)
    _answer(
        actor,
        reference,
        details.HomeAnswers(
            landlord=Landlord.AGENCY,
            landlord_agency_id=agency_ids(actor.area_id)[people.TOLLGATE],
            tenure=Tenure.HOUSING_ASSOCIATION,
        ),
        details.HateAnswers(hate=Answer.YES, strands=(Strand.RACE,)),
        details.OthersAnswers(others_affected=Answer.NOT_KNOWN),
        details.WordsAnswers(
            impact="“I do not sleep. My son will not go down the stairs without me. I have given "
            "up my evening shifts.”",
            wishes="“I want the door mended, and I want somebody to say that it was hate.”",
        ),
        details.MeetingAnswers(taking_part=TakingPart.ATTENDS),
        details.NeedsAnswers(interpreter=Answer.YES, language="Arabic", has_access_needs=Answer.NO),
    )
    _may_reach(actor, reference, people.HEXLEY_COUNCIL)


def _may_reach(actor: Actor, reference: str, *agencies: str) -> None:
    numbers = agency_ids(actor.area_id)
    contact_agencies.choose_contact_agencies(
        actor,
        reference,
        token(),
        agency_ids=[numbers[name] for name in agencies],
        agreed_on=day("2026-12-18"),
        version=0,
    )


def larch_court(actor: Actor, reference: str) -> None:
    """Six residents, of whom four agree that the MP's office acts for them; a child.

    Sal Whitby lives with Owen Castle.
    """
    numbers: dict[str, int] = {}
    for name in (*_AGREED, *_NOT_AGREED):
        number = numbers[name] = parties.add_party(
            actor,
            reference,
            token(),
            role=PartyRole.VICTIM,
            kind=PartyKind.INDIVIDUAL,
            name=name,
            household_of_id=numbers["Owen Castle"] if name == "Sal Whitby" else None,
        )
        if name in _AGREED:
            _agree(actor, reference, number)
    _respondent(actor, reference, "Kian Mossley", Answer.YES)
    _answer(
        actor,
        reference,
        details.HomeAnswers(
            landlord=Landlord.AGENCY,
            landlord_agency_id=agency_ids(actor.area_id)[people.TOLLGATE],
            tenure=Tenure.HOUSING_ASSOCIATION,
        ),
        details.OthersAnswers(
            others_affected=Answer.YES, households=5, others_words="All use stairwell B."
        ),
        details.WordsAnswers(
            impact="“You cannot get past them with the children.”", wishes="“A door that locks.”"
        ),
        details.MeetingAnswers(
            taking_part=TakingPart.SOMEBODY_ELSE, somebody_else="The MP’s caseworker"
        ),
    )


def _agree(actor: Actor, reference: str, party_id: int) -> None:
    form = consents.open_consent_form(actor, reference)
    consents.record_consent(
        actor,
        reference,
        token(),
        consents.TypedConsent(
            party_id=party_id,
            applicant_representative_id=form.who_act[0][0],
            covers=("covers_being_told", "covers_meeting"),
            wording=form.wording,
            method=ConsentMethod.SIGNED,
            given_on=day("2026-03-30"),
            evidence="Form enclosed with the caseworker’s email of 1 April.",
        ),
    )


def pike(actor: Actor, reference: str) -> None:
    """A business; the owner comes by video, and who threatens them is not known."""
    _respondent(actor, reference, "", Answer.NOT_KNOWN)
    _answer(
        actor,
        reference,
        details.HomeAnswers(
            landlord=Landlord.OTHER, landlord_name="Quay Street Estates", tenure=Tenure.PRIVATE
        ),
        details.HateAnswers(hate=Answer.NO),
        details.WordsAnswers(
            impact="“My daughter will not stand at the till alone any more.”",
            wishes="“Light in the passage, and officers who come to the shop.”",
        ),
        details.MeetingAnswers(taking_part=TakingPart.ATTENDS),
        details.NeedsAnswers(interpreter=Answer.NO, has_access_needs=Answer.NO),
    )


def gwen(actor: Actor, reference: str) -> None:
    """Not everything was asked: she called, and the call was short."""
    _answer(
        actor,
        reference,
        details.WordsAnswers(impact="“I could not sleep, and nobody came.”"),
        details.MeetingAnswers(taking_part=TakingPart.NOT_KNOWN),
        details.NeedsAnswers(
            interpreter=Answer.NO,
            has_access_needs=Answer.YES,
            access_needs="Does not hear well: speak slowly, no group call.",
        ),
    )
