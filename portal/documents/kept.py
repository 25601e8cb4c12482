"""Which templates are done with once Jinja is: docxtpl would change nothing in them afterwards.

Read off the template alone, for whatever it is filled with. What this does not know, such as sums,
pictures, or columns that come and go, it does not answer for.
"""

import re
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from jinja2 import nodes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KNOWN = {nodes.Output, nodes.TemplateData, nodes.If, nodes.For}
_KNOWN |= {nodes.Name, nodes.Getattr, nodes.Not, nodes.And, nodes.Or}
# What docxtpl changes after Jinja, and what could hide a tag of the outline from its reader.
_UNKEPT = re.compile(r"[\n\t\a\f]|\{_[{%]|[}%]_\}|<[!?]")
_LIVE = [f"{{*}}{name}" for name in ("docPr", "drawing", "pict", "object", "altChunk")]
_TAG = re.compile(r"<(/?)([\w:]+)[^<>]*?(/?)>")
_HOLDERS = {f"w:{name}" for name in ("body", "hdr", "ftr", "tbl", "tc", "p", "r", "t")}


def is_kept(template: nodes.Template) -> bool:
    """Say whether docxtpl changes nothing after Jinja, whatever the template is filled with.

    Raises:
        ValueError: something is opened in one branch and closed in another.
    """
    data = "".join(each.data for each in template.find_all(nodes.TemplateData))
    if _UNKEPT.search(data) or any(type(n) not in _KNOWN for n in template.find_all(nodes.Node)):
        return False
    outline = parse_xml(_outline(nodes.Output(template.body), [], 0))
    live = next(outline.iter(*_LIVE), None)
    return live is None and all(_is_whole(table) for table in outline.iter(f"{_W}tbl"))


def _outline(node: nodes.Node, within: list[str], depth: int, sure: Any = None) -> str:
    """Write a template as XML with all branches, one after the other, and without fields."""
    if isinstance(node, nodes.Output):
        return "".join(_outline(part, within, depth, sure) for part in node.nodes)
    if isinstance(node, nodes.TemplateData):
        return _follow(node.data, within, depth)
    if isinstance(node, nodes.If):
        others = [node.else_, *(other.body for other in node.elif_)]
        first = _branch(node.body, within, sure=node.test)
        return first + "".join(_branch(other, within) for other in others)
    if isinstance(node, nodes.For):
        # What its condition has found not to be empty, a loop goes through at least once.
        is_choice = node.test is not None or node.iter != sure
        return _branch(node.body, within, is_choice=is_choice) + _branch(node.else_, within)
    # A field in the text of a run, the run in a paragraph, and none of them within another.
    outer = [name for name in within if name in {"w:p", "w:r", "w:t"}]
    if outer != ["w:p", "w:r", "w:t"] or within[-2:] != outer[1:]:
        raise ValueError("A field stands outside of a paragraph's text.")
    return ""


def _branch(
    branch: list[nodes.Node], within: list[str], *, sure: Any = None, is_choice: bool = True
) -> str:
    # Between two texts of a paragraph a branch may end a run and begin another.
    is_text, inner = within[-1] == "w:t", list(within)
    outline = _outline(nodes.Output(branch), inner, len(within) - 2 * is_text, sure)
    if inner != within or within[-1] not in _HOLDERS:
        raise ValueError("A branch does not end where it begins.")
    return f'<choice xmlns="">{outline}</choice>' if is_choice and not is_text else outline


def _follow(data: str, within: list[str], depth: int) -> str:
    if re.search("[<>]", _TAG.sub("", data)):
        raise ValueError("A tag of the template stands inside of an element's own tag.")
    for closing, name, empty in _TAG.findall(data):
        if closing and (len(within) <= depth or within.pop() != name):
            raise ValueError("A branch closes what it has not opened.")
        if not closing and not empty:
            within.append(name)
    return data


def _is_whole(table: BaseOxmlElement) -> bool:
    """Say whether docxtpl finds as many columns in the table's rows as in its grid."""
    grid, tables = table.find(f"{_W}tblGrid"), list(table.iter(f"{_W}tbl"))
    widths = {
        row: [_span(cell) for cell in row.findall(f"{_W}tc")] for row in table.iter(f"{_W}tr")
    }
    columns = 0 if grid is None else len(grid.findall(f"{_W}gridCol"))
    sure = [sum(spans) for row, spans in widths.items() if row.getparent() is table]
    fits = all(len(spans) <= columns for spans in widths.values())
    return len(tables) == 1 and fits and max(sure, default=-1) >= columns


def _span(cell: BaseOxmlElement) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", ""))
