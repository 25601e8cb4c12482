"""Where the folders beside the package are: in a checkout next to it, in a wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class ResourceMissingError(RuntimeError):
    """A folder that the portal cannot run without is neither installed nor in the checkout."""


def _folder(name: str) -> Path:
    installed = _PACKAGE / name
    if installed.is_dir():
        return installed
    # Beside the package only in a checkout: in site-packages that would be somebody else's folder.
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise ResourceMissingError(f"The folder {name} is missing from this installation.")


TEMPLATES = _folder("templates")
DOCUMENT_TEMPLATES = _folder("document_templates")
MIGRATIONS = _folder("migrations")
