"""What the minutes say of a conflict of interest: as it was declared when a sitting ended."""

import pytest

from portal.domain.declarations import Declarations, conflict_in_words
from tests.cases import at

# The sitting ended on Tuesday 19 January 2027 at 11:24am.
UNTIL = at(19, 11, 24)
EARLIER, IN_IT, LATER = at(7), at(19, 10, 30), at(20)
WAIVED = (
    ". Has worked for an agency that is involved. The coordinator has waived this: Left it in 1999."
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Declarations(), "None declared"),
        (Declarations(none_at=(EARLIER,)), "None, declared on Thursday 7 January 2027"),
        (Declarations(conflict_at=(IN_IT,)), "One, declared on Tuesday 19 January 2027"),
        (
            Declarations(none_at=(EARLIER,), conflict_at=(IN_IT,)),
            "One, declared on Tuesday 19 January 2027",
        ),
        # What came after the sitting was not known at it.
        (
            Declarations(
                none_at=(LATER,), conflict_at=(LATER,), waived=((LATER, "Left it in 1999."),)
            ),
            "None declared",
        ),
        (
            Declarations(
                none_at=(IN_IT,), conflict_at=(EARLIER,), waived=((EARLIER, "Left it in 1999."),)
            ),
            f"None, declared on Tuesday 19 January 2027{WAIVED}",
        ),
        # The office recorded the former employer, and waived it.
        (Declarations(waived=((EARLIER, "Left it in 1999."),)), f"None declared{WAIVED}"),
    ],
)
def test_the_last_word_before_the_end_of_the_sitting_counts(said, words):
    assert conflict_in_words(said, UNTIL, is_asked=True) == words


def test_who_is_not_asked_declared_nothing_unless_they_say_so_themselves():
    assert conflict_in_words(Declarations(), UNTIL, is_asked=False) == "Not asked"
    said = Declarations(conflict_at=(IN_IT,))
    assert conflict_in_words(said, UNTIL, is_asked=False).startswith("One, declared on")
