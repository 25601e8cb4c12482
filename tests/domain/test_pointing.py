import pytest

from portal.domain.pointing import house_numbers, references_in, words_of_others

OWN = "Flat 6, Alder House, 2 Quarry Rise"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The police will decide whether to warn the person at number 14", ("number 14",)),
        ("We spoke to No. 12b about the noise", ("No. 12b",)),
        ("The council visits 14 Quarry Rise next week", ("14 Quarry Rise",)),
        ("We visit the family at 9 and house 11", ("the family at 9", "house 11")),
        ("We spoke to flat 3, flat 3 and Flat 7", ("flat 3", "Flat 7")),
        # Her own home gives nobody away.
        ("We mend the door of flat 6 at 2 Quarry Rise", ()),
        # Days, times, amounts, numbers of other things.
        ("By Friday 14 January 2027, at 9am, within 28 days. Call 01632 960199 or 101.", ()),
        ("Action 2 is done. In 6 months 3 officers walk 14 streets.", ()),
        ("We meet the people at 9am. There is no number.", ()),
        ("", ()),
    ],
)
def test_what_points_to_a_house_is_found_and_nothing_else(text, found):
    assert house_numbers(text, OWN) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Five people reported the same", ("Five people reported",)),
        ("We know that other residents have complained", ("other residents have complained",)),
        ("You are not the only one", ("You are not the only one",)),
        ("Three neighbours in the street told us", ("Three neighbours in the street told us",)),
        ("You reported it to two people at the council", ()),
        ("Two officers and one person of the council visit you", ()),
        ("We help other people too", ()),
    ],
)
def test_that_others_reported_is_found_and_that_somebody_helps_is_not(text, found):
    assert words_of_others(text) == found


def test_a_reference_is_found_however_it_is_spaced_and_not_inside_another_or_where_it_is_short():
    known = ["WV-2611-0447", "HC-44817", "12", ""]

    assert references_in("As in wv 2611–0447.", known) == ("WV-2611-0447",)
    assert references_in("XHC-44817 and HC-448170 and 12", known) == ()
