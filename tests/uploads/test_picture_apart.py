"""A photo that cannot be drawn is told from a computer on which none can be."""

import pytest

from portal.domain.files import FileRefusedError
from portal.uploads import picture_apart
from tests.file_bytes import photo


def test_a_damaged_photo_is_refused_and_the_log_has_nothing_of_it(caplog):
    with pytest.raises(FileRefusedError, match="damaged, or too large"):
        picture_apart.draw_apart("jpg", b"\xff\xd8\xff\xe0 no picture")

    assert caplog.text == ""


def test_where_no_photo_can_be_drawn_nobody_blames_the_photo_and_the_log_says_why(
    monkeypatch, caplog, tmp_path
):
    broken = tmp_path / "picture_alone.py"
    broken.write_text("import no_such_package\n")
    monkeypatch.setattr(picture_apart, "_PROGRAM", str(broken))

    with pytest.raises(FileRefusedError, match="Nothing is wrong with yours"):
        picture_apart.draw_apart("jpg", photo())

    assert "No module named 'no_such_package'" in caplog.text
