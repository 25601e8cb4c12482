"""Every hostile value in each field of a request: a sentence or kept, never a 500."""

import pytest

from tests import noor
from tests.hostile import VALUES
from tests.pages import Client

PAGES = (
    "who", "victim", "business", "group", "reach", "home", "happening", "effect", "meeting",
    "sharing", "incidents/1", "incidents/1/reports/1", "continue",
)  # fmt: skip
# Who is asked a page only where they ask for somebody else than themselves.
WHOM = {"victim": "someone_else", "business": "business", "group": "group"}
ANSWERS, WRONG = {303, 409, 422, 429}, 422
OWN = {"csrf_token", "form_token"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_request_breaks(visitor: Client, people, page):
    noor.write(visitor)
    if page in WHOM:
        visitor.submit(visitor.get("/request/who"), for_whom=WHOM[page])
    path = f"/request/{page}"
    form = visitor.get(path).form_with(set(), "Continue" if page == "continue" else None)

    for value in VALUES[::9]:
        typed = form.fields | dict.fromkeys(form.names - OWN, value)
        answer = visitor.send(path, data=typed)
        assert answer.status in ANSWERS, (page, value, answer.status)
        if answer.status == WRONG:
            assert answer.errors, (page, value)
