import pytest

from portal.domain.letters import (
    LetterKind,
    counted_words,
    letters_that_fit,
    words_never_written,
)
from portal.domain.threshold.caveats import quoted_caveats
from portal.domain.threshold.counting import Ground, Reason
from portal.domain.threshold.preset_rules import DURHAM, GLOUCESTERSHIRE
from portal.domain.threshold.reading import read_rules

OWN = "ACR-7K3Q-9MXD"


def test_the_letter_of_the_decision_fits_once_it_is_made():
    assert letters_that_fit(is_met=None) == (LetterKind.ACKNOWLEDGEMENT,)
    assert letters_that_fit(is_met=True)[1:] == (LetterKind.THRESHOLD_MET,)
    assert letters_that_fit(is_met=False)[1:] == (LetterKind.THRESHOLD_NOT_MET,)


def test_the_letter_of_a_closing_fits_once_the_case_is_closed_whatever_was_decided():
    for is_met in (None, True, False):
        assert letters_that_fit(is_met=is_met, is_closed=True)[-1] is LetterKind.CLOSURE
        assert LetterKind.CLOSURE not in letters_that_fit(is_met=is_met)


def test_the_reasons_fit_while_a_meeting_without_the_applicant_is_ahead():
    fitting = letters_that_fit(is_met=True, is_not_invited=True)
    assert fitting[1:] == (LetterKind.THRESHOLD_MET, LetterKind.NOT_INVITED)
    assert LetterKind.NOT_INVITED not in letters_that_fit(is_met=True)


def test_a_victim_is_asked_for_consent_as_long_as_it_is_waited_for_whatever_is_decided():
    for is_met in (None, True, False):
        assert LetterKind.CONSENT_REQUEST in letters_that_fit(is_met=is_met, waits=True)
        assert LetterKind.CONSENT_REQUEST not in letters_that_fit(is_met=is_met)


@pytest.mark.parametrize("reason", Reason)
def test_a_report_that_does_not_count_has_its_reason_without_blame_or_anybody_else(reason):
    said = counted_words(Ground(False, reason, "Reported by Dean Garrow"), is_counted=False)

    assert said.endswith(".")
    assert not any(word in said for word in ("Garrow", "you did not", "you failed", "reporter"))


def test_a_report_that_counts_for_the_local_rule_alone_counts():
    assert counted_words(Ground(False, Reason.OUT_OF_TIME, ""), is_counted=True) == "counted."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your request was vexatious", ("vexatious",)),
        ("You are at high risk", ("high risk",)),
        ("The Risk Score is 14", ("Risk Score",)),
        ("OFFICIAL-SENSITIVE", ("OFFICIAL-SENSITIVE",)),
        ("You were assessed as high", ("assessed as high",)),
        ("See also acr-8m4r-7wfc", ("acr-8m4r-7wfc",)),
        (f"Your number is {OWN}", ()),
        ("There is a risk that it takes longer", ()),
    ],
)
def test_what_no_applicant_is_told_is_found_as_it_is_written(monkeypatch, text, found):
    # Any eight characters count as a reference of another case here.
    monkeypatch.setattr("portal.domain.letters.normalise_reference", lambda typed: typed.upper())

    assert words_never_written(text, OWN) == found


# What Durham's routes ask beside the reports is whether the answer was adequate; Gloucestershire's
# ask for a report of the last month, on separate dates, and not for the answer.
@pytest.mark.parametrize(
    ("text", "durham", "gloucestershire"),
    [
        ("You had no adequate response", True, False),
        ("What was done was inadequate.", True, False),
        ("The police took no effective action", True, False),
        ("Your most recent report was in the last month", False, True),
        ("You reported on three separate occasions", False, True),
        ("Three reports, each made within a month of what happened", False, False),
    ],
)
def test_a_condition_is_quoted_only_where_the_rule_has_it(text, durham, gloucestershire):
    assert bool(quoted_caveats(text, read_rules(DURHAM))) is durham
    assert bool(quoted_caveats(text, read_rules(GLOUCESTERSHIRE))) is gloucestershire
