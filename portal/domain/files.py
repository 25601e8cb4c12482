"""Files that come with a request: which kinds are kept, how many, how large."""

import enum
from dataclasses import dataclass
from typing import Final

MOST_FILES: Final = 10
MOST_BYTES: Final = 20 * 1024 * 1024


class FileKind(enum.StrEnum):
    """What a file is, by what it holds and not by what it is called."""

    PHOTO = "photo"
    PDF = "pdf"
    WORD = "word"
    SOUND = "sound"
    VIDEO = "video"
    TEXT = "text"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _LABELS[self]


_LABELS: Final = {
    FileKind.PHOTO: "Photo",
    FileKind.PDF: "PDF",
    FileKind.WORD: "Word document",
    FileKind.SOUND: "Sound recording",
    FileKind.VIDEO: "Video",
    FileKind.TEXT: "Plain text",
}


@dataclass(frozen=True)
class FileFormat:
    """A format that is kept.

    Attributes:
        ending: of the name under which it is handed out, whatever its owner called it.
        mimetype: that it is handed out as.
    """

    kind: FileKind
    ending: str
    mimetype: str


class FileRefusedError(Exception):
    """The file is not kept; the message is a sentence for whoever chose it."""


# A photo is handed out as a copy, of which there are two kinds.
_COPIED_AS: Final = {"jpg": "jpg", "webp": "jpg", "png": "png", "gif": "png"}
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Final = {
    ending: FileFormat(kind, ending, mimetype)
    for ending, kind, mimetype in (
        ("jpg", FileKind.PHOTO, "image/jpeg"),
        ("png", FileKind.PHOTO, "image/png"),
        ("gif", FileKind.PHOTO, "image/gif"),
        ("webp", FileKind.PHOTO, "image/webp"),
        ("pdf", FileKind.PDF, "application/pdf"),
        ("docx", FileKind.WORD, _WORD),
        ("mp3", FileKind.SOUND, "audio/mpeg"),
        ("m4a", FileKind.SOUND, "audio/mp4"),
        ("wav", FileKind.SOUND, "audio/wav"),
        ("ogg", FileKind.SOUND, "audio/ogg"),
        ("mp4", FileKind.VIDEO, "video/mp4"),
        ("mov", FileKind.VIDEO, "video/quicktime"),
        ("webm", FileKind.VIDEO, "video/webm"),
        ("txt", FileKind.TEXT, "text/plain"),
    )
}


def copy_format(ending: str) -> FileFormat:
    """Return the format of the copy of a photo with this ending."""
    return FORMATS[_COPIED_AS[ending]]
