"""A field that people do not see was filled in: by a program, so nothing is kept but the fact."""

from portal import log
from portal.db import transaction
from portal.domain.roles import Actor
from portal.services import throttle


def record_trapped(actor: Actor, thing: str) -> None:
    """Log that a form came with the hidden field filled in, so often in an hour from one source.

    Args:
        actor: a job's actor with the instant and the network address.
        thing: which form.
    """
    with transaction():
        if throttle.add(throttle.TRAPPED, actor.address, actor.at) <= throttle.TRAPPED.most:
            log.record(actor, "request_trapped", thing=thing, outcome="refused")
