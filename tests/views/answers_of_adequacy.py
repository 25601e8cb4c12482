"""Which answers the pages give to whom on whether what each agency did was enough."""

from tests.views.asking import LEADERS, Row, read

CASE_ROWS = {
    "adequacy.list_findings": [
        read("/meeting/adequacy", LEADERS, "reviewing"),
        read("/meeting/adequacy", LEADERS, "planning"),
    ],
    "adequacy.find_adequacy": [
        Row("/meeting/adequacy/999999", "reviewing", LEADERS, get=404, post=404),
        Row("/meeting/adequacy/999999", "planning", LEADERS, get=404, post=404),
    ],
}
