import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.text import UnusableTextError, clean, clean_line

usable_text = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\r\n\t\0\x07\x85e\u0301\u2028")
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\r\r\ntwo", "one\n\ntwo"),
        ("a\tb", "a\tb"),
        (
            "nul\0, bell\a, page\f, escape\x1b, delete\x7f, next\x85",
            "nul, bell, page, escape, delete, next",
        ),
        ("cafe\u0301", "café"),
        ("  spaces stay  ", "  spaces stay  "),
    ],
)
def test_typed_text_is_stored_without_what_cannot_be_read(typed, stored):
    assert clean(typed) == stored


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
        "\u202egnol\u202c \u2066isolated\u2069",
        "zero\u200bwidth and \u00a0 no-break",
        "a\u2028b\u2029c",
        'A & B <x> "q" {{7*7}} {_{ ü 😀',
        "\ufeffmark",
    ],
)
def test_everything_that_can_be_read_stays_exactly(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    "code_point", [0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF]
)
@pytest.mark.parametrize("cleaning", [clean, clean_line])
def test_characters_that_cannot_be_stored_are_refused_with_a_sentence(cleaning, code_point):
    with pytest.raises(UnusableTextError) as refused:
        cleaning(f"before {chr(code_point)} after")

    assert str(refused.value) == (
        "This text holds characters that cannot be stored. Type it again or paste it as plain text"
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" \t\r\n ", ""),
        ("  14 Hill\r\nRoad\tHexley\n", "14 Hill Road Hexley"),
        ("a\u2028b\u2029c", "a b c"),
        ("two  spaces", "two  spaces"),
    ],
)
def test_a_line_holds_no_line_end_and_no_ends_of_space(typed, stored):
    assert clean_line(typed) == stored


@given(usable_text)
def test_cleaning_twice_is_cleaning_once(typed):
    assert clean(clean(typed)) == clean(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(usable_text)
def test_clean_text_holds_no_control_characters_and_is_composed(typed):
    stored = clean(typed)

    assert unicodedata.is_normalized("NFC", stored)
    assert not [c for c in stored if unicodedata.category(c) == "Cc" and c not in "\n\t"]


@given(usable_text)
def test_a_clean_line_is_one_line(typed):
    assert len(clean_line(typed).splitlines()) <= 1
