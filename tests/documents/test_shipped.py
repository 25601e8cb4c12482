"""An installation without its templates does not start; one with unsound ones is not well."""

import shutil

import pytest
from word_reading import changed

from portal.documents import render, shipped
from portal.documents.content import Kind
from portal.documents.shipped import BrokenInstallationError


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The templates of an installation of its own."""
    shutil.copytree(render.DOCUMENT_TEMPLATES / "default", tmp_path / "default")
    monkeypatch.setattr(render, "DOCUMENT_TEMPLATES", tmp_path)
    shipped.unsound.cache_clear()
    yield tmp_path / "default"
    shipped.unsound.cache_clear()


def test_the_templates_that_ship_are_whole_and_sound(installed):
    shipped.check_whole()

    assert shipped.unsound() == ()


def test_each_that_is_missing_or_damaged_is_named_at_the_start(installed):
    (installed / "minutes.docx").unlink()
    damaged = installed / "action-plan-panel.docx"
    damaged.write_bytes(damaged.read_bytes()[:5000])

    with pytest.raises(BrokenInstallationError) as error:
        shipped.check_whole()

    assert str(error.value).endswith(": action-plan-panel.docx, minutes.docx")


def test_one_that_asks_for_what_there_is_not_is_named_by_health(installed):
    path = installed / f"{Kind.MINUTES}.docx"
    path.write_bytes(
        changed(path.read_bytes(), lambda document: document.add_paragraph("{{ landlord }}"))
    )

    assert shipped.unsound() == ("minutes",)
