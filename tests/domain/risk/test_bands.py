"""A person decides on the band: which change is in force at once, and which waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.risk.bands import Band, BandChangeError, Standing, needs_second_person

S, M, H, V = Band


@pytest.mark.parametrize(
    ("worked_out", "floor", "now", "wanted", "waits"),
    [
        (S, None, S, M, False),
        (S, None, S, V, False),
        (M, None, M, S, False),
        (M, M, M, S, True),  # below its floor
        (H, None, H, M, True),
        (V, V, V, H, True),
        (S, None, V, H, True),  # it was raised by a person, and Very high still takes two
        (S, None, M, S, False),
    ],
)
def test_a_band_goes_up_at_once_and_down_by_one_sometimes_with_a_second_person(
    worked_out, floor, now, wanted, waits
):
    assert needs_second_person(Standing(worked_out, floor, now), wanted) is waits


@pytest.mark.parametrize(
    ("worked_out", "now", "wanted"), [(H, H, S), (V, V, M), (H, M, S), (H, H, H), (V, V, S)]
)
def test_a_band_goes_down_by_one_at_most_and_never_to_itself(worked_out, now, wanted):
    with pytest.raises(BandChangeError):
        needs_second_person(Standing(worked_out, None, now), wanted)


BANDS = st.sampled_from(Band)


@given(worked_out=BANDS, floor=st.none() | BANDS, now=BANDS, wanted=BANDS)
def test_nothing_under_high_is_reached_from_high_by_one_person_alone(
    worked_out, floor, now, wanted
):
    try:
        waits = needs_second_person(Standing(worked_out, floor, now), wanted)
    except BandChangeError:
        return

    if wanted.rank > now.rank:
        assert not waits
        return
    assert wanted.rank >= worked_out.rank - 1
    assert waits == (now.is_high or (floor is not None and wanted.rank < floor.rank))
