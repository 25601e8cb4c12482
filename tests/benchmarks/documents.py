"""How long an action plan takes: docxtpl, compiled, the least that it can take, docxtemplater."""

import argparse
import gc
import io
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, is_dataclass, replace
from html import escape
from operator import attrgetter
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "documents")]

from plain_word import differing  # noqa: E402  # the folders named above come first
from plan_samples import long_panel_plan  # noqa: E402
from word_reading import parts, with_part  # noqa: E402

from portal.documents.content import PanelPlan  # noqa: E402
from portal.documents.package import join, pack  # noqa: E402
from portal.documents.render import render_panel_plan, template_for  # noqa: E402

SIZES = (10, 50, 500)
TEMPLATE = template_for("default", "action-plan-panel").read_bytes()
NUMBER = 987654321
PACKAGES = ("docxtemplater@3", "pizzip@3")


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def plainly(plan: PanelPlan) -> Callable[[], bytes]:
    """docxtpl by its manual; laying out the content for it is not counted."""
    content = asdict(plan)

    def work() -> bytes:
        word, out = DocxTemplate(io.BytesIO(TEMPLATE)), io.BytesIO()
        sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
        word.render(content, sandbox, autoescape=True)
        word.save(out)
        return out.getvalue()

    return work


def compiled(plan: PanelPlan) -> Callable[[], bytes]:
    """What the portal does for each document, from the content to the bytes."""
    return lambda: render_panel_plan(plan, TEMPLATE)


class Marked:
    """A plan's file with a mark in place of each text: what the least and docxtemplater begin with.

    It has the lists of this one plan as they are; only its actions are a row to repeat.
    """

    def __init__(self, plan: PanelPlan) -> None:
        self.said: list[str] = []
        marked = _mapped(replace(plan, actions=()), self._mark)
        action = replace(
            plan.actions[0],
            **{f.name: f"@@{f.name}@@" for f in fields(plan.actions[0])} | {"number": NUMBER},
        )
        made = render_panel_plan(replace(marked, actions=(action,)), TEMPLATE)
        self.file = with_part(
            made,
            "word/document.xml",
            parts(made)["word/document.xml"].replace(str(NUMBER).encode(), b"@@number@@"),
        )

    def _mark(self, text: str) -> str:
        self.said.append(text)
        return f"@@{len(self.said) - 1}@@"


def _mapped(value: Any, put: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return put(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, put) for item in value)
    if not is_dataclass(value):
        return value
    return replace(value, **{name: _mapped(each, put) for name, each in vars(value).items()})


def _row(xml: str) -> tuple[int, int]:
    """Return where the row of the action begins and ends."""
    at = xml.index("@@number@@")
    return [m.start() for m in re.finditer("<w:tr[ >]", xml[:at])][-1], xml.index("</w:tr>", at) + 7


def least(plan: PanelPlan) -> Callable[[], bytes]:
    """The least: XML split once, texts put in by %-format, unchanged parts kept deflated."""
    marked = Marked(plan)
    packed = {name: pack(content) for name, content in parts(marked.file).items()}
    changing = {n: c.decode() for n, c in parts(marked.file).items() if b"@@" in c}
    body = changing.pop("word/document.xml")
    begins, ends = _row(body)
    row, of_row = _format(body[begins:ends])
    of_action = attrgetter(*of_row)
    head, tail = _format(body[:begins]), _format(body[ends:])
    others = {name: _format(xml) for name, xml in changing.items()}

    def work() -> bytes:
        said = [_put(text) for text in marked.said]

        def made(split: tuple[str, list[str]]) -> str:
            return split[0] % tuple(said[int(name)] for name in split[1])

        rows = [row % tuple([_put(str(x)) for x in of_action(each)]) for each in plan.actions]
        done = {name: pack(made(split).encode()) for name, split in others.items()}
        done["word/document.xml"] = pack("".join((made(head), *rows, made(tail))).encode())
        return join(packed | done)

    return work


def _format(xml: str) -> tuple[str, list[str]]:
    return re.sub("@@.*?@@", "%s", xml.replace("%", "%%")), re.findall("@@(.*?)@@", xml)


def _put(text: str) -> str:
    escaped = escape(text, quote=False)
    if "\n" not in escaped:
        return escaped
    return escaped.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


@contextmanager
def docxtemplater(plans: dict[int, PanelPlan]) -> Iterator[Callable[[int], float] | None]:
    """Start Node with docxtemplater in a folder of its own; None where it is not to be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install = [npm, "install", "--prefix", name, "--no-audit", "--no-fund", *PACKAGES]
        if subprocess.run(install, capture_output=True, check=False).returncode:  # noqa: S603 - ours
            yield None
            return
        _write_for_node(folder, plans)
        script = Path(__file__).with_suffix(".mjs")
        with subprocess.Popen(  # noqa: S603 - our own script
            [node, str(script), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:

            def took(size: int) -> float:
                process.stdin.write(f"{size}\n")
                process.stdin.flush()
                return float(process.stdout.readline())

            yield took
            process.stdin.close()


def _write_for_node(folder: Path, plans: dict[int, PanelPlan]) -> None:
    for size, plan in plans.items():
        marked = Marked(plan)
        content = {f"t{number}": text for number, text in enumerate(marked.said)}
        content["actions"] = [asdict(action) for action in plan.actions]
        (folder / f"plan-{size}.json").write_text(json.dumps(content), encoding="utf-8")
    file = marked.file
    for name, part in parts(file).items():
        xml = part.decode(errors="surrogateescape")
        if name == "word/document.xml":
            begins, ends = _row(xml)
            cells = xml[begins:ends].replace("@@number@@", "{#actions}@@number@@")
            last = cells.rindex("@@") + 2
            xml = xml[:begins] + cells[:last] + "{/actions}" + cells[last:] + xml[ends:]
        xml = re.sub(r"@@(\d+)@@", r"{t\1}", xml)
        xml = re.sub("@@(.*?)@@", r"{\1}", xml)
        file = with_part(file, name, xml.encode(errors="surrogateescape"))
    (folder / "plan.docx").write_bytes(file)


def _took(work: Callable[[], bytes]) -> float:
    gc.collect()
    work()  # whoever comes after docxtpl finds the computer's own caches full of something else
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def measure(
    plan: PanelPlan, rounds: int, in_node: Callable[[], float] | None
) -> dict[str, list[float]]:
    """Fill in turns, so that a busy computer hits all alike; return milliseconds of CPU."""
    ways = {"docxtpl": plainly(plan), "compiled": compiled(plan), "limit B": least(plan)}
    made = {name: work() for name, work in ways.items()}
    for name, file in made.items():
        if wrong := differing(file, made["docxtpl"]):
            raise SystemExit(f"{name} makes another document: {', '.join(wrong)}")
    timed: dict[str, Callable[[], float]] = {
        name: lambda work=work: _took(work) for name, work in ways.items()
    }
    if in_node:
        timed["docxtemplater"] = in_node
        until = time.monotonic() + 0.6  # its compiler has to see the work before it is quick
        while time.monotonic() < until:
            in_node()
    took: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, once in timed.items():
            took[name].append(once())
    return took


def main() -> None:
    """Fill action plans of each size in each way, and print how long it took."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--rounds", type=int, default=25)
    wanted = asking.parse_args()
    plans = {size: long_panel_plan(size) for size in SIZES}
    with docxtemplater(plans) as in_node:
        if in_node is None:
            say("docxtemplater is not there: it needs Node, npm and a registry")
        say(f"{'actions':>7}  {'':<14}{'median CPU':>12}{'least':>12}{'times compiled':>16}")
        for size, plan in plans.items():
            node = in_node and (lambda size=size: in_node(size))
            took = measure(plan, wanted.rounds, node)
            ours = statistics.median(took["compiled"])
            for name, each in took.items():
                median = statistics.median(each)
                say(
                    f"{size:>7}  {name:<14}{median:>9.2f} ms{min(each):>9.2f} ms"
                    f"{median / ours:>16.2f}"
                )


if __name__ == "__main__":
    main()
