"""Handlings against tables typed in by hand, not taken from the code under test."""

import pytest

from portal.domain.handling import AgencyKind, Handling, Reader, is_relevant_body, may_read

READS = {
    "sharing_agency": {"panel", "statutory", "named", "chair_and_coordinator"},
    "named_agency": {"panel", "named"},
    "relevant_body": {"panel", "statutory"},
    "other_panel_agency": {"panel"},
    "chair": {"panel", "statutory", "named", "chair_and_coordinator"},
    "coordinator": {"panel", "statutory", "named", "chair_and_coordinator"},
    "support_worker": set(),
    "observer": set(),
}

# The Act's relevant bodies: police, council, health body, and a housing provider that is co-opted.
RELEVANT = {
    ("police", False), ("police", True), ("council", False), ("council", True),
    ("health", False), ("health", True), ("housing_provider", True),
}  # fmt: skip


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("handling", Handling)
def test_a_reader_may_read_what_the_table_says(reader, handling):
    assert may_read(reader, handling) == (handling.value in READS[reader.value])


def test_an_unknown_handling_is_refused_aloud():
    with pytest.raises(KeyError):
        may_read(Reader.CHAIR, "everybody")


def test_an_unknown_reader_reads_nothing():
    assert not any(may_read("passer-by", handling) for handling in Handling)


@pytest.mark.parametrize("is_co_opted", [True, False])
@pytest.mark.parametrize("kind", AgencyKind)
def test_relevant_bodies_are_those_of_the_act(kind, is_co_opted):
    found = is_relevant_body(kind, is_co_opted=is_co_opted)

    assert found == ((kind.value, is_co_opted) in RELEVANT)
