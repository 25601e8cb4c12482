import re

from tests.architecture.source import ROOT, python_files

NAME = re.compile(r"""["']([a-z_]+/[\w/-]+\.(?:html|txt)|(?:error|conflict)\.html)["']""")


def _named() -> set[str]:
    sources = [ROOT / path for path in python_files("portal")]
    sources += (ROOT / "templates").rglob("*.*")
    return {name for path in sources for name in NAME.findall(path.read_text())}


def _present() -> set[str]:
    templates = ROOT / "templates"
    return {path.relative_to(templates).as_posix() for path in templates.rglob("*.*")}


def test_every_template_is_used():
    assert _present() - _named() == set()


def test_every_template_that_is_named_exists():
    of_others = {name for name in _named() if name.startswith("govuk_frontend_jinja/")}

    assert _named() - of_others - _present() == set()
