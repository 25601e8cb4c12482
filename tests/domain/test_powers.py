"""The guide to powers as it ships, and words that make an action weak."""

import json
from pathlib import Path

import pytest

from portal.domain import powers
from portal.domain.action_quality import weak_words
from portal.domain.powers import GUIDE, PowersError, power_name, power_of, read_powers

FILE = json.loads((Path(powers.__file__).parent / "data" / "powers.json").read_text("utf-8"))


def test_the_guide_holds_every_power_of_its_file_and_those_in_doubt_are_off():
    assert len(GUIDE) == len(FILE["powers"]) == 77
    assert {power.id for power in GUIDE if not power.is_certain} == {
        "respect_order", "demoted_tenancy", "introductory_tenancy", "begging_and_rough_sleeping",
        "cuckooing",
    }  # fmt: skip


def test_a_power_is_found_by_every_word():
    injunction = power_of("civil_injunction_adult")

    assert injunction.has("INJUNCTION council")
    assert not injunction.has("injunction zebra")
    assert (power_name(""), power_name("gone")) == ("", powers.NO_LONGER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "maybe"},
        {"group": "other"},
        {"who_may_use": ["mayor"]},
        {"who_may_use": []},
        {"min_age": "ten"},
        {"test": None},
        {"checked_on": "yesterday"},
        {"confidence": "hearsay"},
    ],
)
def test_a_file_that_is_wrong_is_refused(wrong):
    with pytest.raises(PowersError):
        read_powers({"powers": [FILE["powers"][0] | wrong]})


def test_an_id_stands_in_the_guide_once():
    with pytest.raises(PowersError):
        read_powers({"powers": [FILE["powers"][0]] * 2})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Housing to monitor and Liaise", ("monitor", "liaise")),
        ("Police: ongoing, ASAP", ("ongoing", "ASAP")),
        ("All agencies consider mediation as appropriate",
         ("consider", "as appropriate", "all agencies")),
        ("Housing reads the noise recordings each Friday", ()),
        ("Considerable damage is mended", ()),
    ],
)  # fmt: skip
def test_words_that_say_too_little_are_named(text, found):
    assert weak_words(text) == found
