"""The list of fields that an office copies from."""

import pytest

from portal.documents.check import shape_of
from portal.documents.content import Kind
from portal.documents.field_list import fields_in_words
from portal.documents.field_words import words_of
from portal.documents.shape import leaves


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_of_every_document_is_listed_once_and_described(kind):
    listed = [field.path for group in fields_in_words(kind) for field in group.fields]

    assert sorted(listed) == sorted(leaves(shape_of(kind)))
    assert [path for path in listed if words_of(path).example == path.rpartition(".")[2]] == []


def test_a_list_is_shown_as_it_is_written():
    actions = next(group for group in fields_in_words("minutes") if group.path == "action_rows")

    assert actions.starts == (
        "{%tr for action_row in action_rows %}",
        "{%p for action_row in action_rows %}",
    )
    assert actions.fields[0].placeholder == "{{ action_row.number }}"
    lines = next(
        group for group in fields_in_words("minutes") if group.path == "sections.risk.lines"
    )
    assert lines.starts[1] == "{%p for line in sections.risk.lines %}"
    assert [field.placeholder for field in lines.fields] == ["{{ line }}"]
