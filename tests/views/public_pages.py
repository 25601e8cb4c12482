"""Every page for the public that can be opened by its address alone.

Each is read aloud, so to say, by ``test_public_pages``: the way out comes first, the words for
an emergency are there, and nobody needs more than seven years of school to read it. A new public
page is added here. Wharrow Valley has said all that an area can say, Severnreach nothing.
"""

_OF_AREA = (
    "/start/{}",
    "/start/{}/next",
    "/start/{}/your-information",
    "/start/{}/support",
    "/start/{}/report",
    "/start/{}/complain",
    "/rules/{}",
    *(f"/check/{{}}/{place}" for place in range(1, 7)),
    *(f"/check/{{}}/{letter}" for letter in "lmrcbe"),
)
PUBLIC_PAGES = (
    "/",
    "/leaving",
    "/papers/nobody-has-this-link",
    "/request/start/wharrowdale",
    "/request/continue",
    "/my/sign-in",
    "/request/continue/nobody-has-this-link",
    *(path.format("wharrowdale") for path in _OF_AREA),
    *(path.format("severnreach") for path in _OF_AREA),
)
