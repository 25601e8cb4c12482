"""What a template asks for, compared with the fields there are, at every depth.

Only fields, loops over lists and conditions are let through. Everything else that Jinja knows
(filters, calls, sums, slices, macros) would either work on escaped text or is a way out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import nodes

from portal.documents.shape import Shape

_LOOP: Shape = {"index": None, "first": None, "last": None}
_JOINED = (nodes.And, nodes.Or)
_LIKE = 0.75
_MOST_MEANT = 3


@dataclass(frozen=True)
class _Known:
    path: str
    shape: Shape


_Names = dict[str, _Known]


@dataclass
class Walk:
    """A walk over the parts of one template.

    Attributes:
        faults: sentences, in the order found.
        printed: dotted names of the fields that the template prints.
    """

    faults: list[str] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)

    def read(self, template: nodes.Template, shape: dict[str, Shape]) -> None:
        """Read one part of a template against the fields of its content."""
        self._read_all(template.body, {name: _Known(name, part) for name, part in shape.items()})

    def _read_all(self, body: list[nodes.Node], names: _Names) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                self._read_output(node, names)
            elif isinstance(node, nodes.For):
                self._read_loop(node, names)
            elif isinstance(node, nodes.If):
                self._read_condition(node.test, names)
                for branch in (node.body, node.elif_, node.else_):
                    self._read_all(list(branch), names)
            else:
                self._refuse(node)

    def _read_output(self, output: nodes.Output, names: _Names) -> None:
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            known = self._find(node, names)
            if known is None:
                continue
            if known.shape is None:
                self.printed.add(known.path)
            else:
                self.faults.append(f"“{_words(node)}” is not a text: print one of its fields.")

    def _read_loop(self, loop: nodes.For, names: _Names) -> None:
        if "loop" in names:
            # Loops in loops grow with a power of the list's length.
            self.faults.append("A loop inside a loop is not allowed.")
            return
        known = self._find(loop.iter, names)
        if loop.test is not None:
            self._refuse(loop.test)
        if known is not None and isinstance(known.shape, list) and _is_name(loop.target):
            item = _Known(known.path, known.shape[0])
            inner = {_words(loop.target): item, "loop": _Known("loop", _LOOP)}
            before = len(self.faults)
            self._read_all(loop.body, names | inner)
            place = f"In the list “{known.path}”: "
            self.faults[before:] = [place + sentence for sentence in self.faults[before:]]
        elif known is not None:
            self.faults.append(f"“{_words(loop.iter)}” is not a list: it cannot be looped over.")
        self._read_all(loop.else_, names)

    def _read_condition(self, test: nodes.Node, names: _Names) -> None:
        if isinstance(test, nodes.Not):
            self._read_condition(test.node, names)
        elif isinstance(test, _JOINED):
            self._read_condition(test.left, names)
            self._read_condition(test.right, names)
        else:
            self._find(test, names)

    def _find(self, node: nodes.Node, names: _Names) -> _Known | None:
        if isinstance(node, nodes.Name):
            if node.name not in names:
                self.faults.append(_unknown(node.name, names))
            return names.get(node.name)
        if isinstance(node, nodes.Getattr):
            owner = self._find(node.node, names)
            if owner is None:
                return None
            if isinstance(owner.shape, dict) and node.attr in owner.shape:
                return _Known(f"{owner.path}.{node.attr}", owner.shape[node.attr])
            self.faults.append(_unknown(node.attr, owner.shape, before=f"{_words(node.node)}."))
            return None
        self._refuse(node)
        return None

    def _refuse(self, node: nodes.Node) -> None:
        for inner in [node, *node.find_all(nodes.Filter)]:
            if isinstance(inner, nodes.Filter):
                self.faults.append(f"There is no filter “{inner.name}”: print the field alone.")
                return
        kind = type(node).__name__.lower()
        self.faults.append(f"Only fields, loops and conditions may be used, not “{kind}”.")


def _unknown(name: str, there: "_Names | Shape", before: str = "") -> str:
    """Say that there is no such field, and which one may be meant."""
    meant = [f"“{before}{each}”" for each in _close_to(name, there)]
    question = f" Did you mean {' or '.join(meant)}?" if meant else ""
    return f"There is no field “{before}{name}”.{question}"


def _close_to(name: str, there: "_Names | Shape") -> list[str]:
    """Return the names that are like the one that was typed, or have a word that is."""
    if not isinstance(there, dict):
        return []
    whole = get_close_matches(name, there, n=1, cutoff=_LIKE)
    words = {word for each in there for word in each.split("_")}
    like = get_close_matches(name, words, n=1, cutoff=_LIKE)
    return whole or [each for each in there if like and like[0] in each.split("_")][:_MOST_MEANT]


def _is_name(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name)


def _words(node: nodes.Node) -> str:
    return ".".join(reversed(list(_backwards(node))))


def _backwards(node: nodes.Node) -> Iterator[str]:
    while isinstance(node, nodes.Getattr):
        yield node.attr
        node = node.node
    if isinstance(node, nodes.Name):
        yield node.name
