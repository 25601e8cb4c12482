"""The templates that the portal comes with: whole when it starts, and sound."""

from functools import lru_cache
from pathlib import Path

from portal.documents.check import shape_of, static_faults
from portal.documents.content import Kind
from portal.documents.package import TemplateError, open_package
from portal.documents.render import template_for


class BrokenInstallationError(RuntimeError):
    """Templates are missing or damaged; names them all."""


def check_whole() -> None:
    """Refuse to start without a default template that can be opened for every kind of document.

    Raises:
        BrokenInstallationError: naming each that is missing or damaged.
    """
    broken = [kind.value for kind in Kind if not _is_whole(template_for("default", kind))]
    if broken:
        names = ", ".join(f"{name}.docx" for name in broken)
        raise BrokenInstallationError(f"These templates are missing or damaged: {names}")


@lru_cache(maxsize=1)  # the files do not change while the portal runs, and health is asked often
def unsound() -> tuple[str, ...]:
    """Name the default templates that ask for what there is not, or leave out what there is."""
    return tuple(kind.value for kind in Kind if not _is_sound(kind))


def _is_sound(kind: Kind) -> bool:
    try:
        return not static_faults(template_for("default", kind).read_bytes(), shape_of(kind))
    except (OSError, TemplateError):
        return False


def _is_whole(path: Path) -> bool:
    try:
        with open_package(path.read_bytes()) as package:
            return package.testzip() is None and "word/document.xml" in package.namelist()
    except (OSError, TemplateError):
        return False
