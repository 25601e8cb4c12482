"""The fifteen questions, as they are asked, with their answers in rising order."""

from dataclasses import dataclass
from typing import Final

DONT_KNOW: Final = "Don’t know, or would rather not say"


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes:
        title: what it is about, in a list.
        text: as it is asked of a person.
        answers: in words, the lowest points first; ``DONT_KNOW`` where an answer says just that.
        text_for_many: as it is asked of a business or a group; empty where that is the same.
    """

    key: str
    title: str
    text: str
    answers: tuple[str, ...]
    hint: str = ""
    text_for_many: str = ""

    @property
    def number(self) -> int:
        """Return its number, from 1 on."""
        return int(self.key[1:])


_DO_NOT_GUESS = "Ask. Do not guess it from a name, an address or an accent."

QUESTIONS: Final = (
    Question(
        "q1",
        "How often",
        "How often does it happen now?",
        (
            "Not in the last month",
            "About once a month",
            "About once a week",
            "Several times a week or every day",
        ),
    ),
    Question(
        "q2",
        "How long",
        "How long has it gone on?",
        ("Under 1 month", "1 to 3 months", "3 to 12 months", "Over 1 year"),
    ),
    Question(
        "q3",
        "How it changes",
        "Is it changing?",
        (
            "It is getting less",
            "It is the same",
            "It is more often or worse",
            "It is much worse in the last two weeks",
        ),
    ),
    Question(
        "q4",
        "The worst thing",
        "What is the worst thing so far?",
        (
            "Mess, parking, noise of daily life",
            "Loud or repeated noise, groups outside, rubbish thrown",
            "Insults, damage, things thrown, following",
            "Threat to hurt, stalking, damage to the door or car at night",
            "Violence, weapon, fire, forced entry, sexual act",
        ),
    ),
    Question(
        "q5",
        "Meant for them",
        "Does it seem meant for you?",
        (
            "No, everyone is affected alike",
            "Not sure",
            "You feel picked on",
            "Clearly aimed at you: they said so, or it is only you",
        ),
    ),
    Question(
        "q6",
        "Who they are",
        "Do you, or does anyone, think it is because of who you are?",
        ("No", DONT_KNOW, "Perhaps", "Yes"),
        hint="Race, religion, disability, sexual orientation, transgender identity, or another "
        f"strand that your area lists. {_DO_NOT_GUESS}",
    ),
    Question(
        "q7",
        "How near",
        "How near is the person, and can they reach you?",
        (
            "Unknown or far away",
            "Same area, seen now and then",
            "Same street or building, met most days",
            "Shares your door, has a key or access, watches or follows you, or knows your routine",
        ),
    ),
    Question(
        "q8",
        "Health and daily life",
        "What has it done to your health and daily life?",
        (
            "A nuisance",
            "Upset, small changes",
            "Bad sleep, rooms or times avoided, work or school suffers",
            "Treatment needed or worse, or the home cannot be used as a home",
            "Thoughts of self-harm or suicide, or unable to eat, sleep or look after oneself",
        ),
        text_for_many="What has it done to the health and daily life of those hit hardest?",
    ),
    Question(
        "q9",
        "What makes it harder",
        "Is there something that makes this harder for you than for others?",
        (
            "Nothing",
            "One thing",
            "Two things",
            "Three, or one that makes you unable to protect yourself",
        ),
        hint="Illness, disability, mental health, learning disability or autism, age, pregnancy, "
        "caring for someone, language, bereavement, earlier abuse or crime, dependence, money or "
        f"housing at risk. {_DO_NOT_GUESS}",
        text_for_many="Is there something that makes this harder for those hit hardest than for "
        "others?",
    ),
    Question(
        "q10",
        "Who is there for them",
        "Who is there for you?",
        (
            "People near who help",
            "Some, but not often",
            "Very little",
            "Nobody, or afraid to open the door or go out",
        ),
        text_for_many="Who can step in?",
    ),
    Question(
        "q11",
        "Children, or others who rely on them",
        "Are there children, or others who rely on you, at home?",
        (
            "None",
            "They live here and are not affected so far",
            "They are affected: sleep, fear, school",
            "They were threatened or hurt, or there is a worry about their safety",
        ),
        text_for_many="Are there children, or others who rely on them, with those hit hardest?",
    ),
    Question(
        "q12",
        "What they fear",
        "What do you fear will happen?",
        (
            "Nothing much",
            "That it goes on",
            "Being hurt, or revenge if you report",
            "Serious harm soon, or you think of defending yourself or of leaving at once",
        ),
    ),
    Question(
        "q13",
        "What was done",
        "What was done when you reported?",
        (
            "It was dealt with and helped",
            "Something was done and helped a bit",
            "Something was done, nothing changed",
            "Nothing, or nobody told you",
        ),
        hint="This measures the risk of going unheard. It is not a test of whether agencies did "
        "wrong.",
    ),
    Question(
        "q14",
        "Reporting again",
        "Would you report again?",
        (
            "Yes",
            "With doubts",
            "You have stopped reporting some of it",
            "You have stopped because you are afraid",
        ),
    ),
    Question(
        "q15",
        "What agencies know of the person",
        "What is known of the person or people complained about?",
        (
            "Nothing known",
            "One old or minor matter",
            "Several, or more than one person",
            "Violence, an order broken, or reprisal in 2 years",
            "Current information that somebody will be harmed",
        ),
        hint="Ask the agencies: violence, weapons, orders broken, a group, reprisals before, "
        "drugs, exploitation, mental crisis.",
    ),
)
