"""By what two cases are alike: written in whatever way, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.likeness import LONGEST_KEY, Likeness, of_email, of_name, of_phone, of_place

HEXLEY, WHARROWDALE = 2, 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Noor Haddad", "HADDAD, Noor"),
        ("Siân O’Brien", "sian obrien"),
        ("Pike & Daughter Hardware", "Pike and Daughter Hardware".replace("and ", "")),
    ],
)
def test_a_name_is_the_same_in_any_order_case_and_accent(one, other):
    assert list(of_name(one)) == list(of_name(other)) != []


@pytest.mark.parametrize("name", ["", "Noor", "—", "  "])
def test_a_first_name_alone_is_no_likeness(name):
    assert list(of_name(name)) == []


@pytest.mark.parametrize(
    "phone", ["01632 960199", "(01632) 960-199", "+44 1632 960199", "0044 (0)1632 960199"]
)
def test_a_phone_number_is_the_same_with_any_signs_and_code(phone):
    assert list(of_phone(phone)) == [(Likeness.PHONE, "01632960199")]


@pytest.mark.parametrize("phone", ["", "999", "not known", "+44"])
def test_what_is_no_whole_number_is_no_likeness(phone):
    assert list(of_phone(phone)) == []


def test_an_email_is_the_same_in_any_case():
    assert list(of_email(" Noor@Example.org ")) == list(of_email("noor@example.org"))
    assert list(of_email("none")) == []


def test_a_house_is_the_same_however_its_address_is_written():
    one = dict(of_place("2 Quarry Rise, Hexley, ZZ9 9ZZ", HEXLEY))
    other = dict(of_place("2, QUARRY RISE\r\nzz99zz", HEXLEY))

    assert one == other
    assert one[Likeness.POSTCODE] == "zz99zz"
    assert one[Likeness.STREET] == f"{HEXLEY} quarry rise"
    assert one[Likeness.ADDRESS] == f"{HEXLEY} 2 quarry rise"


def test_a_place_is_on_the_street_of_an_address_and_not_in_its_house():
    address, place = (
        dict(of_place(text, HEXLEY)) for text in ("Flat 3, 2 Quarry Rise", "Quarry Rise, Hexley")
    )

    assert address[Likeness.STREET] == place[Likeness.STREET]
    assert Likeness.ADDRESS not in place


def test_a_street_of_another_local_government_area_is_another_street():
    here = dict(of_place("High Street, ZZ9 9ZZ", HEXLEY))
    there = dict(of_place("High Street, ZZ9 9ZZ", WHARROWDALE))

    assert here[Likeness.STREET] != there[Likeness.STREET]
    assert here[Likeness.POSTCODE] == there[Likeness.POSTCODE]


@given(text=st.text(max_size=600))
def test_any_text_gives_keys_that_can_be_stored(text):
    for found in (of_name(text), of_phone(text), of_email(text), of_place(text, HEXLEY)):
        for _, key in found:
            assert 0 < len(key) <= LONGEST_KEY
            assert "\x00" not in key or "\x00" in text
