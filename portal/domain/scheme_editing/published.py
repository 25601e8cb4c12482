"""A scheme in the shape in which published ones are compared: its rules and its limits."""

from typing import Any

from portal.domain.clocks.published import write_published
from portal.domain.presets import Scheme
from portal.domain.scheme_editing.sections import without_the_laws_own


def published(scheme: Scheme) -> dict[str, Any]:
    """Return name, ``rules`` and ``deadlines`` of a scheme; ``portal scheme check`` reads them.

    A floor that is the Act's own is not stated: published rules do not repeat the law.
    """
    rules = without_the_laws_own(scheme.threshold)
    return {"name": scheme.name, "rules": rules, "deadlines": write_published(scheme.clocks)}
