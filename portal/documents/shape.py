"""Which fields a document has, read off its dataclasses: to check templates and make samples."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

# A text or number is None, an object a dict of its fields, a list holds the shape of its items.
Shape: TypeAlias = "dict[str, Shape] | list[Shape] | None"

_Plan = TypeVar("_Plan")


def fields_of(plan: Any) -> dict[str, Shape]:
    """Describe the fields of a plan, or of a dataclass within one."""
    return {name: _shape_of(hint) for name, hint in _hints(plan).items()}


def _shape_of(hint: Any) -> Shape:
    if get_origin(hint) is tuple:
        return [_shape_of(get_args(hint)[0])]
    return fields_of(hint) if is_dataclass(hint) else None


def leaves(shape: Shape, path: str = "") -> list[str]:
    """List the texts and numbers of a shape as dotted names; a list adds nothing to the name."""
    if isinstance(shape, list):
        return leaves(shape[0], path)
    if isinstance(shape, dict):
        inner = ((f"{path}.{name}".lstrip("."), part) for name, part in shape.items())
        return [leaf for name, part in inner for leaf in leaves(part, name)]
    return [path]


def sample(plan: type[_Plan], say: Callable[[str], str], *, items: int) -> _Plan:
    """Make a plan whose every text is say(its dotted name) and whose lists hold so many items."""
    made: _Plan = _sample(plan, "", say, items, 1)
    return made


def _sample(hint: Any, path: str, say: Callable[[str], str], items: int, number: int) -> Any:
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return tuple(_sample(item, f"{path}.{n}", say, items, n) for n in range(1, items + 1))
    if is_dataclass(hint):
        make = cast("Callable[..., Any]", hint)
        parts = {
            name: _sample(inner, f"{path}.{name}".lstrip("."), say, items, number)
            for name, inner in _hints(hint).items()
        }
        return make(**parts)
    return number if hint is int else say(path)


def _hints(plan: Any) -> dict[str, Any]:
    hints = get_type_hints(plan)
    return {field.name: hints[field.name] for field in fields(plan)}
