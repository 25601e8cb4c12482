"""Values that break forms: one list, for every field of every page, on both databases.

Numbers, dates, lengths, NUL and controls, markup, template and field code, SQL, paths, direction
of writing, emoji. Each is typed as a text; a date's part, a choice and a hidden version get it too.
"""

NUMBERS = (
    "0", "-0", "-1", "1", "00", "007", "1.5", "1,5", "1e3", "1e309", "-1e309", "0x10", "1_000",
    "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
    "99999999999999999999999", "9" * 400, "NaN", "nan", "Infinity", "-inf", "٣", "²", "Ⅷ", "½",
    "𝟗", "+5", "5 ", " 5", "5\t", "1/0",
)  # fmt: skip
DATES = (
    "31", "32", "13", "29", "30 February", "1900", "0000", "9999", "10000", "-2027", "27",
    "2027-01-14", "14/1/2027", "9999-12-31", "0001-01-01", "tomorrow", "29 2 2027",
    "2026-03-29T01:30", "24:00", "25:61", "12am", "13pm",
)  # fmt: skip
LENGTHS = ("", " ", "\t\t", "\r\n\r\n", "x" * 201, "x" * 501, "y" * 20_001, "wörd " * 6_000)
CONTROLS = (
    "\x00", "a\x00b", "\x01\x02\x03", "bell\a", "form\ffeed", "vertical\vtab", "back\bspace",
    "\x1b[31mred", "\x7f", "\x85", "\u2028line", "\u2029paragraph", "\ufeffmark", "\ufffe",
    "\uffff", "zero\u200bwidth", "soft\u00adhyphen", "e\u0301", "\r", "a\rb\nc\r\nd",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "</textarea><b>", "</title>", "<!--", "-->", "]]>", "<![CDATA[",
    "&amp;", "&", "&#0;", "&lt;b&gt;", '"', "'", "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)", "<?xml version='1.0'?>", "</w:t></w:r><w:r>", "Tom & Jerry < 5 days",
)  # fmt: skip
CODE = (
    "{{ 7*7 }}", "{% raw %}", "{#", "{_{", "${7*7}", "#{7*7}", "%s%s%n", "%00", "%0d%0a", "=1+1",
    "+1+1", "@SUM(A1)", '=cmd|" /C calc"!A0', 'INCLUDEPICTURE "http://x.example/a"',
    "DTSTART:20270101T000000Z\r\nATTENDEE:x", "BEGIN:VALARM", "Subject: x\r\nBcc: y@z.example",
)  # fmt: skip
SQL = (
    "' OR '1'='1", "'; DROP TABLE review_case; --", "\\", "\\'", "%", "_", "%_%", "NULL",
    "1 UNION SELECT 1", "/* */", "a;b", "`", "$$",
)  # fmt: skip
PATHS = ("../../etc/passwd", "/etc/passwd", "C:\\CON", "//evil.example", "file:///etc/passwd", ".")
WRITING = (
    "مرحبا", "\u202eevil", "\u2066isolated\u2069", "שלום", "ﷺ", "😀", "👩‍👩‍👧‍👦", "🇬🇧",
    "Z" + "\u0300" * 100, "İıſK", "ﬀ", "中文", "\U0010ffff", "a@b@c", "a@b", '"a b"@c.example',
)  # fmt: skip

VALUES = (
    *NUMBERS, *DATES, *LENGTHS, *CONTROLS, *MARKUP, *CODE, *SQL, *PATHS, *WRITING,
)  # fmt: skip
