import secrets
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.references import (
    ALPHABET,
    PREFIX,
    is_reference,
    new_reference,
    normalise_reference,
)

SAMPLE = "ACR-7K3Q-9MXD"


def reference_with(numbers):
    rest = iter(numbers)
    return new_reference(lambda _below: next(rest))


references = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=7, max_size=7).map(reference_with)


def with_characters(characters):
    return f"{PREFIX}-{''.join(characters[:4])}-{''.join(characters[4:])}"


def characters_of(reference):
    return list(reference.removeprefix(f"{PREFIX}-").replace("-", ""))


def some_references():
    return [SAMPLE, *(new_reference(secrets.randbelow) for _ in range(50))]


def test_reference_printed_in_guidance_is_valid():
    assert is_reference(SAMPLE)


def test_alphabet_has_no_look_alikes_and_a_prime_number_of_characters():
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    for pair in ("0O", "0Q", "OQ", "1I", "1L", "IL", "2Z", "5S", "6G", "8B", "UV", "MN"):
        assert not set(pair) <= set(ALPHABET)
    assert not set("AEIOU") & set(ALPHABET)


def test_new_reference_asks_for_seven_random_characters_of_the_alphabet():
    asked = []

    def always_the_last(below):
        asked.append(below)
        return below - 1

    reference = new_reference(always_the_last)

    assert asked == [23] * 7
    assert characters_of(reference)[:7] == ["Y"] * 7


@given(references)
def test_new_reference_is_valid_and_stays_as_it_is(reference):
    assert is_reference(reference)
    assert normalise_reference(reference) == reference


def test_every_wrong_character_is_found():
    for reference in some_references():
        characters = characters_of(reference)
        for place, right in enumerate(characters):
            for wrong in set(ALPHABET) - {right}:
                changed = [*characters[:place], wrong, *characters[place + 1 :]]
                assert not is_reference(with_characters(changed))
                assert normalise_reference(with_characters(changed)) is None


def test_every_exchange_of_two_characters_is_found():
    for reference in some_references():
        characters = characters_of(reference)
        for first, second in combinations(range(8), 2):
            if characters[first] == characters[second]:
                continue
            changed = characters.copy()
            changed[first], changed[second] = changed[second], changed[first]
            assert not is_reference(with_characters(changed))


def test_every_adjacent_exchange_is_found_for_every_pair_of_characters_in_every_place():
    for place in range(6):
        for left, right in combinations(ALPHABET, 2):
            body = ["2"] * 7
            body[place : place + 2] = left, right
            characters = characters_of(reference_with(map(ALPHABET.index, body)))
            characters[place], characters[place + 1] = right, left
            assert not is_reference(with_characters(characters))


@pytest.mark.parametrize(
    "typed",
    [
        "acr-7k3q-9mxd",
        "ACR 7K3Q 9MXD",
        "  acr7k3q9mxd\n",
        "7K3Q9MXD",
        "7k3q-9mxd",
        "ACR–7K3Q–9MXD",
        "ACR\N{NON-BREAKING HYPHEN}7K3Q\N{NON-BREAKING HYPHEN}9MXD",
        "ACR\N{NO-BREAK SPACE}7K3Q\N{NO-BREAK SPACE}9MXD",
        "ＡＣＲ－７Ｋ３Ｑ－９ＭＸＤ",
        "ACR-7K3O-9NXD",
        "ACR-7K30-9MXD",
    ],
)
def test_what_people_type_for_a_reference_is_understood(typed):
    assert normalise_reference(typed) == SAMPLE


def test_look_alikes_are_read_as_the_only_character_they_can_mean():
    reference = reference_with(map(ALPHABET.index, "2568VMQ"))

    typed = reference.translate(str.maketrans("2568VMQ", "ZSGBUNO"))

    assert typed.startswith("ACR-ZSGB-UNO")
    assert normalise_reference(typed) == reference


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ACR",
        "ACR-7K3Q-9MX",
        "ACR-7K3Q-9MXDD",
        "ACR-7K3Q-9MXC",
        "XYZ-7K3Q-9MXD",
        "ACR-7K3Q-9MX\N{CYRILLIC CAPITAL LETTER DE}",
        "ACR-7K3Q-9MX\0D",
        "٧K3Q9MXD",
        "-" * 100_000,
        "\ud800",
    ],
)
def test_what_is_no_reference_is_none(typed):
    assert normalise_reference(typed) is None


@given(st.text())
def test_whatever_is_typed_gives_a_reference_or_none(typed):
    meant = normalise_reference(typed)
    assert meant is None or is_reference(meant)


@pytest.mark.parametrize("text", [SAMPLE.lower(), f"{SAMPLE}\n", "7K3Q9MXD", "ACR7K3Q9MXD", ""])
def test_only_the_written_form_is_a_reference(text):
    assert not is_reference(text)
