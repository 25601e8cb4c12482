"""Files of every kind: what they hold is read whole, and what they hide does no harm."""

import datetime as dt
import io
import resource
import zipfile

import openpyxl
import pytest

from portal.domain.imported_rows import Unusable
from portal.imports.reading import check_file, open_file
from portal.imports.tables import FileError
from tests.exports import HEADINGS, ROW, csv_of, rows_of, with_part, xlsx_of

# A workbook knows no zones.
LATE = dt.datetime.combine(dt.date(2026, 11, 2), dt.time(23, 30))
MEGABYTE = 1024 * 1024
NOISE = "Lärm – “laut” £5"


def _read(content, sheet=None):
    table = open_file(content)
    return table.read(table.sheets[0] if sheet is None else sheet)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_each_encoding_and_with_each_delimiter(encoding, delimiter):
    text = delimiter.join(["Date", "Type"]) + "\n" + delimiter.join(["2/11/2026", NOISE]) + "\n"

    contents = _read(text.encode(encoding))

    assert contents.headings == ("Date", "Type")
    assert [row.cells for row in contents.rows] == [("2/11/2026", NOISE)]


def test_utf_16_of_the_other_byte_order_is_read_too():
    text = "\ufeffDate,Type\n2/11/2026,Noise\n"

    assert _read(text.encode("utf-16-be")).rows[0].cells == ("2/11/2026", "Noise")


def test_quoted_line_ends_and_delimiters_belong_to_their_cell_and_rows_keep_their_numbers():
    contents = _read(b'Date,Type\r\n\r\n1/1/2026,"One,\r\ntwo ""three"""\r\n,\r\n2/1/2026,b\r\n')

    # Row 1 has the headings, row 2 is empty, row 4 has nothing but a delimiter.
    assert [(row.number, row.cells) for row in contents.rows] == [
        (3, ("1/1/2026", 'One,\r\ntwo "three"')),
        (5, ("2/1/2026", "b")),
    ]


def test_headings_that_are_empty_or_stand_twice_can_be_told_apart():
    assert _read(b"Date,,date,Date\n1,2,3,4\n").headings == (
        "Date", "Column 2", "date (2)", "Date (3)",
    )  # fmt: skip


def test_a_row_with_more_cells_than_headings_is_wrong_as_a_whole():
    first, second = _read(b"Date,Type\n1/1/2026,a,\n1/1/2026,a, b\n").rows

    assert first.fault == ""
    assert second.fault.startswith("The row has more cells than there are headings")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n ", "The file is empty"),
        (b"Date,Type\n", "no rows below its headings"),
        (b'Date,Type\n1,"open\n2,b\n', "a quotation mark is not closed"),
        (b'Date,Type\n1,"a"b\n', "a quotation mark is not closed"),
        (b'Date,Type\n1,"' + b"x" * 200_000 + b'"\n', "a quotation mark is not closed"),
        (b"D\0a\0t\0e\0,\0T\0\n\x001\0,\x002\0", "characters that cannot be read"),
        (b"Date,Type\n1,\x81\n", "not text that can be read"),
        (b"Date,Type\n" + b"1,2\n" * 10_001, "more than 10,000 rows"),
        (b"a," * 200 + b"a\n1,2\n", "more than 200 columns"),
        (b"\xd0\xcf\x11\xe0 old", "an old workbook (.xls)"),
        (b"%PDF-1.7", "must be an Excel workbook"),
        (b"PK not a zip", "not an Excel workbook"),
        (b"x" * (10 * MEGABYTE + 1), "10 MB or smaller"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, sentence):
    with pytest.raises(FileError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        _read(content)


def test_ten_thousand_rows_are_not_too_many():
    assert len(_read(b"Date,Type\n" + b"1,2\n" * 10_000).rows) == 10_000


def test_a_workbook_is_read_with_the_types_of_its_cells():
    contents = _read(
        xlsx_of(
            [
                HEADINGS[:5],
                (dt.date(2026, 11, 2), "Noise", 12.0, 46328, True),
                (LATE, "=1+1", "_x000D_\nb", 1.5, None),
            ]
        )
    )

    assert contents.headings == HEADINGS[:5]
    first, second = contents.rows
    assert first.cells == (dt.datetime.combine(LATE, dt.time()), "Noise", 12, 46328, True)
    assert second.cells[0] == LATE
    assert isinstance(second.cells[1], Unusable)
    assert "formula" in second.cells[1].sentence
    assert second.cells[2:] == ("\nb", 1.5)


def test_a_cell_with_an_error_of_the_spreadsheet_is_named():
    contents = _read(xlsx_of([("Date", "Type"), ("1/1/2026", "#REF!")]))

    assert isinstance(contents.rows[0].cells[1], Unusable)


def test_hidden_sheets_and_rows_are_left_out_aloud_and_empty_rows_silently():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        for name in ("Notes", "Staff"):
            other = sheet.parent.create_sheet(name)
            other.append(["Secret", "sheet"])
            other.append(["of", "others"])
            other.sheet_state = "hidden" if name == "Notes" else "veryHidden"

    table = open_file(
        xlsx_of(
            [("Date", "Type"), ("1/1/2026", "a"), ("1/1/2026", "b"), (), ("1/1/2026", "c")], hide
        )
    )
    contents = table.read(table.sheets[0])

    assert len(table.sheets) == 1
    assert [(row.number, row.cells[1]) for row in contents.rows] == [(2, "a"), (5, "c")]
    assert contents.notes == ("2 hidden sheets were left out", "1 hidden row was left out")
    with pytest.raises(FileError):
        table.read("Notes")


def test_of_several_sheets_one_is_chosen():
    def add(sheet):
        other = sheet.parent.create_sheet("2026")
        other.append(["When", "What"])
        other.append(["1/1/2026", "b"])

    table = open_file(xlsx_of([("Date", "Type"), ("1/1/2026", "a")], add))

    assert len(table.sheets) == 2
    assert table.read("2026").headings == ("When", "What")


def test_rows_with_merged_cells_are_wrong():
    rows = [("Date", "Type")] + [("1/1/2026", "a")] * 4
    contents = _read(xlsx_of(rows, lambda sheet: sheet.merge_cells("A3:A4")))

    assert [bool(row.fault) for row in contents.rows] == [False, True, True, False]


PLAIN = [("Date", "Type"), ("1/1/2026", "a")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("xl/vbaProject.bin", b"macro", "holds macros"),
        ("xl/VBAPROJECT.BIN", b"macro", "holds macros"),
        (
            "xl/worksheets/sheet1.xml",
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
            "cannot be read",
        ),
        (
            "xl/worksheets/sheet1.xml",
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><worksheet/>'.encode("utf-16"),
            "cannot be read",
        ),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'/>", "cannot be read"),
        ("xl/worksheets/sheet1.xml", b"not xml", "cannot be read"),
        ("xl/workbook.xml", b"<nothing/>", "no sheet that can be seen"),
        ("[Content_Types].xml", b"<Types/>", "cannot be read"),
    ],
)
def test_a_workbook_that_is_hostile_or_broken_is_refused_with_a_sentence(name, content, sentence):
    book = with_part(xlsx_of(PLAIN), name, content)

    with pytest.raises(FileError, match=sentence):
        _read(book)


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    b'<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="str"><f>A1</f><v>a</v></c></row>'
    b"</sheetData></worksheet>"
)
STRINGS = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>Date</t></si><si><t>Type</t></si><si><r><t>1/1/</t></r><r><t>2026</t></r></si></sst>"
)


def _as_excel_writes_it(strings):
    """With its texts in a part of their own, which openpyxl reads and does not write."""
    plain = xlsx_of(PLAIN)
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        types = package.read("[Content_Types].xml")
    listed = types.replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    book = with_part(plain, "[Content_Types].xml", listed)
    return with_part(
        with_part(book, "xl/worksheets/sheet1.xml", SHEET), "xl/sharedStrings.xml", strings
    )


def test_a_workbook_with_shared_texts_is_read():
    contents = _read(_as_excel_writes_it(STRINGS))

    assert contents.headings == ("Date", "Type")
    assert contents.rows[0].cells[0] == "1/1/2026"
    assert isinstance(contents.rows[0].cells[1], Unusable)


def test_a_workbook_with_broken_shared_texts_is_refused():
    for strings in (b"<sst", STRINGS.replace(b"<si>", b"<so>", 1), b""):
        with pytest.raises(FileError, match="cannot be read"):
            _read(_as_excel_writes_it(strings))


def test_external_links_are_not_followed():
    def link(sheet):
        sheet["B2"].hyperlink = "https://tracker.example/seen"

    assert _read(xlsx_of(PLAIN, link)).rows[0].cells[1] == "a"


def test_a_workbook_that_counts_from_1904_is_refused_because_its_numbers_would_lie():
    def of_old_mac(sheet):
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    with pytest.raises(FileError, match="from 1904"):
        _read(xlsx_of(PLAIN, of_old_mac))


def _bomb(name, piece, times):
    out = io.BytesIO()
    out.write(xlsx_of(PLAIN))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package,
        package.open(name, "w") as part,
    ):
        for _ in range(times):
            part.write(piece)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    many = io.BytesIO(xlsx_of(PLAIN))
    with zipfile.ZipFile(many, "a") as package:
        for number in range(600):
            package.writestr(f"part{number}", b"")
    bombs = [
        _bomb("xl/media/a.bin", b"\0" * MEGABYTE, 41),
        # 20 MB from 30 kB: small enough in itself, but tighter than 200 to 1.
        _bomb("xl/media/a.bin", b"\0" * MEGABYTE, 20),
        many.getvalue(),
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for bomb in bombs:
        with pytest.raises(FileError, match="unpacks to too much"):
            check_file(bomb)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024  # kilobytes


@pytest.mark.slow
def test_a_workbook_of_nothing_but_tags_is_refused_within_bounds_of_memory():
    # Stored beside noise that does not shrink, so that the ratio is honest.
    noise = bytes(range(256)) * 4
    out = io.BytesIO(xlsx_of(PLAIN))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as package:
        package.writestr("xl/media/noise.bin", noise * 200)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/more.xml", b"<row/>" * 4_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(FileError, match="unpacks to too much"):
        open_file(out.getvalue())

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_an_encrypted_zip_is_no_workbook():
    book = bytearray(xlsx_of(PLAIN))
    at = book.find(b"PK\x01\x02")
    book[at + 8] |= 1  # the flag in the directory

    with pytest.raises(FileError):
        check_file(bytes(book))


@pytest.mark.slow
def test_five_thousand_rows_of_a_workbook_are_read_in_a_few_seconds():
    contents = _read(xlsx_of([HEADINGS, *rows_of(5000)]))

    assert len(contents.rows) == 5000
    assert _read(csv_of(ROW)).rows[0].cells == ROW
