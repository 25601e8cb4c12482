"""The sample cases of the demonstration: four stories and ten plain requests."""

from portal.jobs import demo_plain, demo_schemes, demo_stories, demo_table


def add_all() -> None:
    """Add the cases, the newest requests last, and the rules that wait for their day."""
    demo_table.keep_rooms()
    demo_stories.larch_court()
    demo_stories.gwen_aldous()
    demo_stories.pike_and_daughter()
    demo_stories.noor_haddad()
    demo_plain.add_all()
    demo_schemes.severnreach()
