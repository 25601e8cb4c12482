"""The fields of a kind of document as an office copies them into its template."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.documents.check import shape_of
from portal.documents.field_words import words_of
from portal.documents.shape import Shape


@dataclass(frozen=True)
class FieldLine:
    """A field to copy.

    Attributes:
        placeholder: as it stands in the template, "{{ action.what }}".
        path: its dotted name, "actions.what"; a list adds nothing to it.
        words: what it is.
        example: a text that may stand there.
    """

    placeholder: str
    path: str
    words: str
    example: str


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together.

    Attributes:
        path: of the list; empty for the fields of the document itself.
        words: what the list holds.
        starts, ends: the tags around the fields of one item of a list; empty outside of lists.
    """

    path: str
    words: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    fields: tuple[FieldLine, ...]


def fields_in_words(kind: str) -> tuple[FieldGroup, ...]:
    """List the fields of a kind of document: its own first, then list after list."""
    shape = shape_of(kind)
    own = FieldGroup("", "", (), (), tuple(_lines(shape, "", "")))
    return (own, *_groups(shape, ""))


def _lines(shape: dict[str, Shape], path: str, name: str) -> Iterator[FieldLine]:
    for part, inner in shape.items():
        here = f"{path}.{part}".lstrip(".")
        written = f"{name}.{part}".lstrip(".")
        if isinstance(inner, dict):
            yield from _lines(inner, here, written)
        elif inner is None:
            yield _line(here, written)


def _line(path: str, written: str) -> FieldLine:
    said = words_of(path)
    return FieldLine(f"{{{{ {written} }}}}", path, said.words, said.example)


def _groups(shape: dict[str, Shape], path: str) -> Iterator[FieldGroup]:
    for part, inner in shape.items():
        here = f"{path}.{part}".lstrip(".")
        if isinstance(inner, dict):
            yield from _groups(inner, here)
        elif isinstance(inner, list):
            yield _group(here, inner[0])


def _group(path: str, item: Shape) -> FieldGroup:
    said = words_of(path)
    one = _one_of(path.rpartition(".")[2])
    fields = (
        tuple(_lines(item, path, one))
        if isinstance(item, dict)
        else (FieldLine(f"{{{{ {one} }}}}", path, "One line of it", said.example),)
    )
    return FieldGroup(
        path=path,
        words=said.words,
        starts=(f"{{%tr for {one} in {path} %}}", f"{{%p for {one} in {path} %}}"),
        ends=("{%tr endfor %}", "{%p endfor %}"),
        fields=fields,
    )


def _one_of(name: str) -> str:
    """Return what one item of a list is called in its loop."""
    return name[:-1] if name.endswith("s") else "one"
