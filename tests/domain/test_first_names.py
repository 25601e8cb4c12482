import pytest

from portal.domain.first_names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Sgt Daniel Okafor", "Daniel"),
        ("Dr. Amina Shah", "Amina"),
        ("DI Bo Lim", "Bo"),
        ("Di Marsh", "Di"),
        ("Mrs Haddad", "Haddad"),
        ("PC", "PC"),
        ("", ""),
    ],
)
def test_titles_and_ranks_are_left_out(name, first):
    assert first_name(name) == first
