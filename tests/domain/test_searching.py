import pytest

from portal.domain.searching import Sought, reference_terms, sought, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noor Haddad", {"noor", "haddad"}),
        ("José Núñez", {"josé", "jose", "núñez", "nunez"}),
        ("O’Brien & Sons", {"o", "brien", "obrien", "sons"}),
        ("Ｎｏｏｒ", {"noor"}),
        ("Quarry Rise, WH1 2AB", {"quarry", "rise", "wh1", "2ab", "wh12ab"}),
        ("Straße", {"strasse"}),
        ("100% _ 😀", {"100"}),
        ("", set()),
    ],
)
def test_a_text_is_found_by_its_words(text, expected):
    assert terms(text) == expected


def test_a_reference_is_found_by_its_parts_and_written_together():
    # Never by the prefix alone: every reference has it.
    assert reference_terms("ACR-7K3Q-9MXD") == {"7k3q", "9mxd", "7k3q9mxd"}


@pytest.mark.parametrize(
    ("typed", "words", "joined"),
    [
        ("  HADDAD noor ", ("haddad", "noor"), "haddadnoor"),
        ("wh1 2ab", ("2ab", "wh1"), "wh12ab"),
        ("o'b", ("ob",), "ob"),
        ("josé", ("josé",), ""),
        ("ACR-7K3Q", ("7k3q", "acr"), "7k3q"),
        ("one two three four five six seven", ("three", "five", "four", "one", "six", "two"), ""),
    ],
)
def test_what_is_typed_becomes_words_the_longest_first(typed, words, joined):
    assert sought(typed, whole=False) == Sought(words, joined, whole=False)


@pytest.mark.parametrize("typed", ["", " ", "x", "😀", "%", "_", "a b", "'"])
def test_too_little_is_not_looked_for(typed):
    assert sought(typed, whole=False) is None
