"""Who made a report, as the advice tells people and households apart; no database."""

from portal.models.case import Party, PartyKind, PartyRole, Report, Reporter
from portal.services.reporters import Makers


def _party(number, household_of=None, kind=PartyKind.INDIVIDUAL, role=PartyRole.VICTIM):
    return Party(id=number, role=role, kind=kind, name=f"{number}", household_of_id=household_of)


def _report(reporter, incident=1, party=None):
    return Report(incident_id=incident, reporter=reporter, reporter_id=party)


def _homes(*parties):
    makers = Makers(parties, [])
    of = [makers.of(_report(Reporter.PARTY, party=each.id)).household for each in parties]
    return [of.index(each) for each in of]


def test_who_lives_with_whom_is_one_household_however_it_was_said():
    # 2 with 1, 3 with 2, and 4 and 5 with each other; 6 alone.
    parties = (_party(1), _party(2, 1), _party(3, 2), _party(4, 5), _party(5, 4), _party(6))

    assert _homes(*parties) == [0, 0, 0, 3, 3, 5]


def test_a_group_is_one_reporter_and_no_household():
    makers = Makers([_party(1, kind=PartyKind.GROUP)], [])
    maker = makers.of(_report(Reporter.PARTY, party=1))

    assert (maker.reporter is None, maker.household) == (False, None)


def test_what_nobody_said_is_the_one_victims_and_of_two_victims_nobodys():
    witness = _party(9, role=PartyRole.WITNESS)
    one = Makers([_party(1), witness], [])
    two = Makers([_party(1), _party(2), witness], [])

    assert one.of(_report(None)) == one.of(_report(Reporter.PARTY, party=1))
    assert two.of(_report(None)).reporter is None
    assert one.of(_report(Reporter.NOT_KNOWN)).reporter is None


def test_somebody_else_is_one_person_and_who_made_the_next_report_cannot_be_told():
    reports = [_report(Reporter.SOMEBODY_ELSE, incident) for incident in (4, 4, 5)]
    first, again, other = map(Makers([_party(1)], reports).of, reports)

    assert first.reporter == again.reporter
    assert first.reporter not in {None, "party 1"}
    assert other.reporter is None
