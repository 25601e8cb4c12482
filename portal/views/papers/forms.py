"""Forms on which papers are issued; their version is the number of the issue."""

from portal.web.fields import LongTextField
from portal.web.forms import VersionedForm


def _changed() -> LongTextField:
    return LongTextField(
        "What has changed since the issue before?",
        size="s",
        rows=3,
        max_length=2000,
        what="What has changed",
        description="Every member reads it at the top. Say nothing that is only for some of them.",
    )


class AgendaForm(VersionedForm):
    """The agenda is to be issued."""

    agenda_changed = _changed()


class PackForm(VersionedForm):
    """The packs are to be issued."""

    pack_changed = _changed()
