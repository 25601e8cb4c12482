"""As `answers`: who stands by a victim, and the pages of a support worker."""

from tests.views.answers import NEVER
from tests.views.asking import COORDINATOR, Row, form, read

# Nobody here has accepted anybody; who stands by a victim is tried in test_support_pages. To
# everybody else, also to those who open the case, these pages do not exist.
_NOT_THEIRS = {"early": 404, "others": 404}
CASE_ROWS = {
    "support.show_support": [read("/support", COORDINATOR, **NEVER)],
    "support.record_support": [
        form("/support/{party}/add", COORDINATOR, "arranging", **NEVER),
        Row("/support/999999/add", "arranging", COORDINATOR, get=404, post=404, **NEVER),
    ],
    "support.end_support": [
        Row("/support/999999/end", "arranging", COORDINATOR, get=404, post=404, **NEVER)
    ],
    "supporting.show_supported": [read("/supported/{party}", frozenset(), **_NOT_THEIRS)],
    "supporting.write_statement": [
        form("/supported/{party}/statement", frozenset(), "arranging", **_NOT_THEIRS)
    ],
}
