"""As `answers`: the pages for everybody, and what the administrator keeps for them."""

from tests.views.answers import ADMINISTRATOR, NO_POST
from tests.views.asking import EVERYBODY

_READ = (200, EVERYBODY, 200, 200)
_NO_GET = (405, EVERYBODY, 405, 405)
_ASKED = (303, ADMINISTRATOR, 200, 403)


def _kept(answer):
    return (303, ADMINISTRATOR, answer, 403)


# Staff who are signed in read the public pages too.
PLAIN_ROWS = {
    "front_door.show_start": ("/start/wharrowdale", _READ, NO_POST),
    "front_door.show_next": ("/start/wharrowdale/next", _READ, NO_POST),
    "front_door.show_information": ("/start/wharrowdale/your-information", _READ, NO_POST),
    "front_door.show_support": ("/start/wharrowdale/support", _READ, NO_POST),
    "front_door.show_report": ("/start/wharrowdale/report", _READ, NO_POST),
    "front_door.show_complain": ("/start/wharrowdale/complain", _READ, NO_POST),
    "front_door.show_leaving": ("/leaving", _READ, NO_POST),
    "self_check.ask": ("/check/wharrowdale/1", _READ, (422, EVERYBODY, 422, 422)),
    "self_check.advise": ("/check/wharrowdale/l", _READ, NO_POST),
    "public_pages.list_all": ("/admin/public-pages", _ASKED, NO_POST),
    "public_pages.change_office": ("/admin/public-pages/office", _ASKED, _kept(409)),
    "public_pages.add_entry": ("/admin/public-pages/add", _ASKED, _kept(422)),
    "public_pages.change_entry": ("/admin/public-pages/999999", _kept(404), _kept(404)),
    "public_pages.remove_entry": ("/admin/public-pages/999999/remove", _NO_GET, _kept(404)),
}
# Takes the secret of their forms from a visitor, and so comes after all others.
LAST_ROWS = {"front_door.leave_now": ("/exit/wharrowdale", (303, EVERYBODY, 303, 303), NO_POST)}
