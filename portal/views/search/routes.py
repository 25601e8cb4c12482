"""The page of the search."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.access.routes import access
from portal.domain.roles import Act
from portal.services import search
from portal.services.search import SearchError, SearchPage
from portal.views.search.forms import WHOLE, SearchForm
from portal.web.pages import add_error, the_actor

bp = Blueprint("search", __name__)


@bp.get("/search")
@access(Act.SEARCH_CASES)
def find_cases() -> ResponseReturnValue:
    """Find cases, once something was typed."""
    form = SearchForm()
    page = _found(form) if "q" in request.args and form.validate() else None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("search/search.html", form=form, page=page), status


def _found(form: SearchForm) -> SearchPage | None:
    try:
        return search.find_cases(
            the_actor(),
            form.q.data,
            whole=form.match.data == WHOLE,
            after=request.args.get("after", ""),
        )
    except SearchError as error:
        add_error(form, "q", str(error))
        return None
