"""The portal's own source, read as a tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules(*without: str) -> dict[str, ast.Module]:
    """The modules of the portal by path, except the files and folders named."""
    return {
        path: ast.parse((ROOT / path).read_text())
        for path in python_files("portal")
        if not path.startswith(without)
    }


def python_files(folder: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with what is called, written out: ``db.session.get``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def last(called: str) -> str:
    return called.rpartition(".")[2]
