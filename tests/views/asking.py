"""Who asks, and what a row of the table of answers says."""

from dataclasses import dataclass

from tests import cases

# Who asks. The first five open the case; for “undeclared” it is a case of their own.
ACCOUNTS = {
    "coordinator": cases.COORDINATOR,
    "chair": cases.CHAIR,
    "lead": cases.POLICE_LEAD,
    "agency representative": cases.POLICE,
    "council": cases.COUNCIL,
    "undeclared chair": cases.OTHER_CHAIR,
    "chair in conflict": cases.OTHER_CHAIR,
    "agency in conflict": cases.HEALTH,
    "agency not on the case": "fire@wharrow-fire.example",
    "coordinator of the other area": "coordinator@severnreach-lpb.example",
    "support worker": "support@victimcare.example",
    "appeal chair": "appeal-chair@panel.example",
    "appeal panel member": "appeal-member@panel.example",
    "scrutineer": "scrutineer@wharrow-lpb.example",
    "auditor": "auditor@wharrow-lpb.example",
    "administrator": "admin@wharrow-lpb.example",
}
INSIDE = frozenset({"coordinator", "chair", "lead", "agency representative", "council"})
COORDINATOR, CHAIR = frozenset({"coordinator"}), frozenset({"chair"})
LEADERS = COORDINATOR | CHAIR
AGENCIES = INSIDE - LEADERS
LEADERS_OF_PEOPLE = COORDINATOR | AGENCIES
POLICE = INSIDE - {"chair", "council"}
OF_POLICE = AGENCIES - {"council"}
CASEWORK = INSIDE | {
    "undeclared chair", "chair in conflict", "agency in conflict", "agency not on the case",
    "coordinator of the other area",
}  # fmt: skip
EVERYBODY = frozenset(ACCOUNTS)
CALENDAR = COORDINATOR | {"coordinator of the other area", "administrator"}
VISITOR = "visitor"


@dataclass(frozen=True)
class Row:
    """An address of a case at the stage where it is open, and the answers it gives.

    Attributes:
        may: who of those inside; the others inside are refused with 403.
        get, post: the answer to them; a post carries nothing but its tokens.
        early: the answer to a chair who has not declared.
        others: the answer to the others inside, where it is not 403; or by who asks.
    """

    path: str
    stage: str
    may: frozenset[str]
    get: int = 200
    post: int = 405
    early: int = 303
    others: int | dict[str, int] = 403


def read(path, may=INSIDE, stage="invited", **more):
    return Row(path, stage, may, **more)


def form(path, may, stage, post=422, **more):
    return Row(path, stage, may, post=post, **more)


def button(path, may, stage, post=303, **more):
    return Row(path, stage, may, get=405, post=post, **more)
