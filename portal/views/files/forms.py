"""Forms of files: adding one, taking one off, opening an original."""

from portal.services.case_files import CAME_BY
from portal.services.request_files import LONGEST_LABEL, MOST_BYTES, MOST_FILES
from portal.views.coordinator.forms import choices
from portal.web.fields import LongTextField, RadioField, Required, TextField, UploadField
from portal.web.forms import BaseForm

_MEGABYTES = MOST_BYTES // 1024**2
_ACCEPTED = ".jpg,.jpeg,.png,.gif,.webp,.pdf,.docx,.mp3,.m4a,.wav,.ogg,.mp4,.mov,.webm,.txt"
_KINDS = f"A photo, PDF, Word, sound or video of up to {_MEGABYTES} MB."


def _what_it_shows(question: str) -> TextField:
    return TextField(question, size="s", max_length=LONGEST_LABEL, what="What it shows")


class RequestFileForm(BaseForm):
    """A file that somebody adds to the request that they are writing."""

    file = UploadField(
        "Choose a file",
        [Required("Choose a file")],
        size="s",
        accept=_ACCEPTED,
        description=f"{_KINDS} You can add up to {MOST_FILES} files, one at a time.",
    )
    label = _what_it_shows("What does it show? (optional)")


class CaseFileForm(BaseForm):
    """A file that came to the office in another way."""

    file = UploadField(
        "Which file?",
        [Required("Select a file")],
        size="s",
        accept=_ACCEPTED,
        description=_KINDS,
    )
    label = _what_it_shows("What is it? (optional)")
    came_by = RadioField(
        "How did it come?",
        [Required("Select how it came")],
        size="s",
        choices=choices(CAME_BY),
        small=True,
    )


class ReasonForm(BaseForm):
    """Why a file is taken off, or its original opened."""

    reason = LongTextField(
        "Why?",
        [Required("Write why")],
        size="s",
        rows=3,
        max_length=500,
        what="The reason",
        description="Coordinators and the chair read this with the file.",
    )
