"""The name by which the applicant hears of people: no titles, no ranks, no family names."""

_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "revd",
    "reverend", "sir", "dame", "cllr", "councillor",
})  # fmt: skip
# As they are written: “Di” is a name, “DI” a rank.
_RANKS = frozenset({
    "PC", "PCSO", "DC", "DS", "DSgt", "DI", "DCI", "DSU", "Sgt", "Sergeant", "Insp", "Inspector",
    "Chief", "Supt", "Superintendent", "Constable", "Detective",
})  # fmt: skip


def first_name(name: str) -> str:
    """Return the first name in a name, without titles and ranks; empty where there is no name."""
    words = name.split()
    bare = [word for word in words if not _is_title(word.rstrip("."))]
    return next(iter(bare or words), "")


def _is_title(word: str) -> bool:
    return word in _RANKS or word.casefold() in _TITLES
