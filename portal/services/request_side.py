"""Who asks and for whom: the applicant's side of a request that was sent, and what is safe."""

from portal.db import db
from portal.domain.answers import Answer
from portal.domain.deadlines import london_day
from portal.domain.delivery import SafeWay
from portal.domain.request_draft import DraftAnswers, Filled
from portal.domain.request_pages import BUSINESS, GROUP, MYSELF, for_whom
from portal.domain.roles import Actor
from portal.models.case import Capacity, Case, Party, PartyKind, PartyRole
from portal.models.consent import Consent, ConsentMethod
from portal.models.delivery import SafeReach
from portal.services.changes import mark_changed
from portal.services.parties import TypedParty, put_party
from portal.services.request_reading import AGREEMENTS

# With these answers somebody may be told at once; else the request waits for the victim's word.
_AGREED = {"signed": ConsentMethod.WRITTEN, "child": ConsentMethod.ONLINE}
LONGEST_NAMES = 200
LEAD = (
    "You can ask before they agree. We will then ask them.",
    "Until they say yes we cannot tell you anything.",
)
DO_THEY_AGREE = "Do they agree that you ask?"
# What the page said is kept with the consent.
WORDING = " ".join((*LEAD, DO_THEY_AGREE))


def add_applicants_side(actor: Actor, case: Case, answers: DraftAnswers) -> Party:
    """Add who asks, and the victim where that is somebody else; return who asks.

    Does not commit.
    """
    whom, reach = for_whom(answers), answers.page("reach")
    own_name = _name(answers.page("who"), "")
    if whom in {MYSELF, BUSINESS}:
        is_business = whom == BUSINESS
        asks = put_party(
            case.id,
            PartyRole.APPLICANT_AND_VICTIM,
            TypedParty(
                kind=PartyKind.BUSINESS if is_business else PartyKind.INDIVIDUAL,
                name=answers.page("business").said("business_name") if is_business else own_name,
                address=_address(answers),
                phone=reach.said("phone"),
                email=reach.said("email"),
            ),
        )
        _say_safe(actor, asks, answers, own_name if is_business else "")
        return asks
    victim = put_party(case.id, PartyRole.VICTIM, _victim(answers))
    capacity = _capacity(answers)
    asks = put_party(
        case.id,
        PartyRole.APPLICANT_REPRESENTATIVE,
        TypedParty(
            kind=PartyKind.INDIVIDUAL,
            name=own_name,
            capacity=capacity,
            organisation=_organisation(answers, capacity),
            phone=reach.said("phone"),
            email=reach.said("email"),
        ),
    )
    _say_safe(actor, asks, answers, "")
    _keep_consent(actor, victim, asks, answers.page("victim"))
    return asks


def _victim(answers: DraftAnswers) -> TypedParty:
    if for_whom(answers) == GROUP:
        return TypedParty(
            kind=PartyKind.GROUP,
            name=answers.page("group").said("group_name"),
            address=_address(answers),
        )
    victim = answers.page("victim")
    return TypedParty(
        kind=PartyKind.INDIVIDUAL,
        name=_name(victim, "victim_"),
        is_child=Answer.YES if victim.said("agrees") == "child" else None,
        address=_address(answers),
        phone=victim.said("victim_phone"),
        email=victim.said("victim_email"),
    )


def _capacity(answers: DraftAnswers) -> Capacity:
    said = answers.page("victim").said("capacity")
    return Capacity(said) if said and for_whom(answers) != GROUP else Capacity.OTHER


def _organisation(answers: DraftAnswers, capacity: Capacity) -> str:
    """Return where they work; left over from another answer it is nobody's business."""
    is_asked = capacity is Capacity.PROFESSIONAL
    return answers.page("victim").said("organisation") if is_asked else ""


def _name(page: Filled, prefix: str) -> str:
    return f"{page.said(prefix + 'first_name')} {page.said(prefix + 'last_name')}"


def _address(answers: DraftAnswers) -> str:
    home = answers.page("home")
    return "\n".join(part for part in (home.said("address"), home.said("postcode")) if part)


def _say_safe(actor: Actor, party: Party, answers: DraftAnswers, contact: str) -> None:
    """Keep which ways are safe, as they said: what they did not choose is not."""
    reach = answers.page("reach")
    chosen = reach.chosen("ways")
    through = reach.said("through") if "through" in chosen else ""
    message = reach.said("message")
    row = SafeReach(
        party_id=party.id,
        case_id=party.case_id,
        way=_way(chosen),
        email_is_safe=Answer.YES if "email" in chosen else Answer.NO,
        post_is_safe=Answer.YES if "post" in chosen else Answer.NO,
        voicemail_is_safe=Answer(message) if message else None,
        times=reach.said("times"),
        who_may_answer=_who_may_answer(contact, through),
        is_confirmed=True,
    )
    mark_changed(actor, row)
    db.session.add(row)


def _who_may_answer(contact: str, through: str) -> str:
    """Return who may answer; what does not fit beside a long name stands in the safe contact."""
    both = ", ".join(part for part in (contact, through) if part)
    return both if len(both) <= LONGEST_NAMES else contact


def _way(chosen: tuple[str, ...]) -> SafeWay:
    """Return the way for papers: what is in writing before what is read out."""
    return next((way for way in (SafeWay.EMAIL, SafeWay.POST) if way in chosen), SafeWay.PHONE)


def _keep_consent(actor: Actor, victim: Party, asks: Party, page: Filled) -> None:
    said = page.said("agrees")
    if victim.kind is PartyKind.GROUP or said not in _AGREED:
        return
    db.session.add(
        Consent(
            case_id=victim.case_id,
            party_id=victim.id,
            applicant_representative_id=asks.id,
            covers_being_told=True,
            covers_meeting=False,
            covers_appeal=False,
            wording=f"{WORDING}\n\n{AGREEMENTS[said]}",
            method=_AGREED[said],
            given_on=london_day(actor.at),
            evidence="Said by the applicant representative in the request",
            recorded_at=actor.at,
            recorded_by_id=actor.person_id,
        )
    )
