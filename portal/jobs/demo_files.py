"""Files of Noor Haddad's request in the demonstration: a photo of her door, and what she noted."""

import io

from PIL import Image, ImageDraw

from portal.domain.roles import Actor
from portal.jobs.demo_steps import token
from portal.services import case_files

_NOTES = """2 November. Bottle through the glass of my door. Police came at 11.
9 November. Slurs on the stairs again. Rang 101.
1 December. Banging at midnight, my son woke up.
"""


def noor(office: Actor, reference: str) -> None:
    """She brings a photo and her notes to the office."""
    for name, label, content in (
        ("IMG_2041.jpg", "My front door, 2 November", _door()),
        ("notes.txt", "What I wrote down", _NOTES.encode()),
    ):
        case_files.add_file(
            office,
            reference,
            token(),
            name=name,
            label=label,
            came_by=case_files.Channel.VISIT,
            stream=io.BytesIO(content),
        )


def _door() -> bytes:
    picture = Image.new("RGB", (480, 640), "#c8c4bc")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((90, 40, 390, 640), fill="#7a3b2e")
    drawing.rectangle((150, 100, 330, 320), fill="#dfe9ee")
    for end in ((160, 110), (320, 140), (170, 300), (325, 310), (250, 105)):
        drawing.line((235, 205, *end), fill="#20303a", width=3)
    photo = io.BytesIO()
    picture.save(photo, "JPEG")
    return photo.getvalue()
