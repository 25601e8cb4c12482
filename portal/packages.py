"""Files that are zips inside (Word, Excel): measured before anything reads them."""

import io
import zipfile


class NotAPackageError(Exception):
    """The bytes are not a zip."""


class OversizePackageError(Exception):
    """It unpacks to more than it may.

    Attributes:
        is_by_ratio: it is small enough by itself, but packed tighter than honest files are.
    """

    def __init__(self, *, is_by_ratio: bool) -> None:
        super().__init__()
        self.is_by_ratio = is_by_ratio


def open_measured(
    data: bytes, *, most_bytes: int, most_ratio: int, most_parts: int | None = None
) -> zipfile.ZipFile:
    """Open a zip once its sizes are known to be harmless; nothing is unpacked yet.

    Args:
        data: the file.
        most_bytes: that all parts together may have, unpacked.
        most_ratio: how many times its own size it may unpack to.
        most_parts: how many parts it may have.

    Raises:
        NotAPackageError: it is no zip.
        OversizePackageError: it unpacks to more than it may.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotAPackageError from error
    parts = package.infolist()
    # The sizes in the directory bind: zipfile reads no byte beyond them.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most_bytes or (most_parts is not None and len(parts) > most_parts):
        raise OversizePackageError(is_by_ratio=False)
    if unpacked > most_ratio * len(data):
        raise OversizePackageError(is_by_ratio=True)
    return package
