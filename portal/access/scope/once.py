"""What the scope builds is built once for each actor, not at every click.

A statement says who may read, never what is there, so it stays true; SQLAlchemy and the tripwire
look through it once, and know it again.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from portal.domain.roles import Actor

Asked = ParamSpec("Asked")
Built = TypeVar("Built")

_ANY_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def built_once(
    build: Callable[Concatenate[Actor, Asked], Built],
) -> Callable[Concatenate[Actor, Asked], Built]:
    """Keep what a function of the scope builds for an actor and the other arguments.

    When and from where the actor asks is taken away: no condition may depend on it.
    """

    @wraps(build)
    def given(actor: Actor, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Built:
        who = replace(actor, name="", at=_ANY_TIME, address="")
        kept: Built = _built(build, who, args, tuple(kwargs.items()))
        return kept

    return given


@lru_cache(maxsize=2048)  # some thirty for each person and case that is being looked at
def _built(
    build: Callable[..., Any],
    actor: Actor,
    args: tuple[Hashable, ...],
    kwargs: tuple[tuple[str, Hashable], ...],
) -> Any:
    return build(actor, *args, **dict(kwargs))
