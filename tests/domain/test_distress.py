import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.distress import PHRASES, has_distress_words, is_talk_offered, reasons_to_talk
from portal.domain.request_draft import Filled

CALM = Filled({"impact": ("My son does not sleep.",)}, is_done=True)
HARD = Filled({"impact": ("I can’t go on.",)}, is_done=True)
TICKED = Filled({"impact": ("I can’t go on.",), "effects": ("afraid", "talk_today")}, is_done=True)
GAPS = st.text(" \t\r\n,.-", min_size=1, max_size=4)


@pytest.mark.parametrize(
    "text",
    [
        "I will hurt myself",
        "I can't go on like this",
        "i CAN’T\r\ngo on",
        "I cant go on",
        "Some days I think of suicide.",
        "self-harm",
    ],
)
def test_words_of_despair_are_found(text):
    assert has_distress_words(text)


@pytest.mark.parametrize(
    "text",
    ["", "He hurt my son.", "I can't go out", "They hurt themselves", "myself hurt", "suicideX"],
)
def test_other_words_are_not(text):
    assert not has_distress_words(text)


@given(st.sampled_from(PHRASES), st.data(), st.booleans())
def test_a_phrase_is_found_however_it_is_spaced_and_written(phrase, data, is_loud):
    said = "".join(word + data.draw(GAPS) for word in phrase.split())
    text = f"Since May {said}and nobody helps."
    assert has_distress_words(text.upper() if is_loud else text)


@given(st.text(), st.sampled_from(PHRASES), st.text())
def test_what_stands_around_a_phrase_does_not_hide_it(before, phrase, after):
    assert has_distress_words(f"{before}\n{phrase}\n{after}")


@pytest.mark.parametrize(
    ("before", "filled", "again", "is_offered"),
    [
        (Filled(), CALM, False, False),
        (Filled(), HARD, False, True),
        (HARD, HARD, False, False),  # opened again and left as it was
        (HARD, HARD, True, True),  # a double click: only the second answer is seen
        (Filled(HARD.fields), HARD, False, True),  # the first answer showed an error
        (HARD, TICKED, False, True),
        (TICKED, HARD, False, False),
    ],
)
def test_a_talk_is_offered_once_for_what_is_new(before, filled, again, is_offered):
    assert is_talk_offered(before, filled, is_sent_again=again) is is_offered


def test_words_and_the_tick_are_each_a_reason():
    assert reasons_to_talk(TICKED) == {"words", "tick"}
    assert reasons_to_talk(CALM) == set()
