"""What a file is taken for, and what everybody gets of it."""

import io
import re

import pytest
from PIL import Image

from portal.domain.files import FileRefusedError
from portal.uploads.judging import check, judge
from tests import file_bytes as of
from tests.hostile_files import FILES
from tests.hostile_files import NOT_OPENED as SENTENCE_OF_PHOTOS

LEAST = 60


def test_the_list_is_long_enough():
    assert len(FILES) >= LEAST


@pytest.mark.parametrize("hostile", FILES, ids=lambda each: ascii(each.name)[1:30])
def test_a_hostile_file_is_refused_with_a_sentence_or_is_what_it_is(hostile):
    content = hostile.make()
    # What only a drawn photo tells takes a process; all else is told before.
    look = judge if hostile.said == SENTENCE_OF_PHOTOS else check
    if hostile.kept:
        assert check(hostile.name, content).ending == hostile.kept
        return
    with pytest.raises(FileRefusedError) as refused:
        look(hostile.name, content)

    sentence = str(refused.value)
    assert sentence.startswith(hostile.said)
    # A sentence for people: no full stop, which the page adds nowhere, and nothing of the file.
    assert re.fullmatch(r"[A-Z][\w ,.():;’-]+\w\)?", sentence), sentence


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (of.photo(), "jpg"),
        (of.photo("PNG"), "png"),
        (of.photo("GIF"), "gif"),
        (of.photo("WEBP"), "webp"),
        (of.photo("WEBP", lossless=True), "webp"),
        (of.pdf(b"<< /OpenAction [3 0 R /FitH null] >>"), "pdf"),
        (of.pdf(of.packed_table(b"7 0 << /Type /Page >>")), "pdf"),
        (of.word(), "docx"),
        (of.word(of.links(("hyperlink", "https://council.example/a", "External"))), "docx"),
        (of.MP3, "mp3"),
        (of.MP3_WITH_TAG, "mp3"),
        (of.WAV, "wav"),
        (of.OGG, "ogg"),
        (of.boxes(b"M4A ", b"soun"), "m4a"),
        (of.boxes(b"mp42", b"soun"), "m4a"),
        (of.boxes(b"isom", b"soun", b"vide"), "mp4"),
        (of.boxes(b"qt  ", b"vide"), "mov"),
        (of.WEBM, "webm"),
        ("Diary\r\n9 November: shouting again, 3 < 5 days".encode("utf-16"), "txt"),
        ("Über die Straße".encode("cp1252"), "txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_people_have_is_taken_for_what_it_is_whatever_its_name(content, ending):
    assert check("letter.exe.pdf", content).ending == ending


def test_of_a_photo_everybody_gets_a_copy_without_place_and_author_the_right_way_up():
    photo = of.telling_photo()

    found = judge("a.jpg", photo)

    assert found.original == photo
    for told in (of.AUTHOR, of.PLACE, "Exif", "xmpmeta", "profile of"):
        assert told.encode() in photo
        assert told.encode() not in found.copy
    with Image.open(io.BytesIO(found.copy)) as copy:
        assert (copy.format, copy.size) == ("JPEG", (20, 40))  # 40 by 20 lay on its side
        # The red half of what lay on its side, turned by 90 degrees to the right, is on top.
        red, green, blue = copy.getpixel((10, 5))
        assert red > 200
        assert max(green, blue) < 60
        assert min(copy.getpixel((10, 35))) > 200
        assert not copy.getexif()
        assert copy.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_is_drawn_anew_holds_nothing_that_stood_behind_the_picture():
    found = judge("a.png", of.photo("PNG", size=(3000, 10)) + b"<script>")

    assert b"<script>" not in found.copy
    with Image.open(io.BytesIO(found.copy)) as copy:
        # 3000 by 10 becomes 2400 by 8.
        assert (copy.format, copy.size) == ("PNG", (2400, 8))


def test_what_is_no_photo_is_handed_out_as_it_came():
    found = judge("a.wav", of.WAV)

    assert (found.original, found.copy, found.is_scanned) == (of.WAV, None, False)
