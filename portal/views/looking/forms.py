"""What the auditor asks the log for."""

from portal.services.log_words import WORDS
from portal.web.choices import Choice, SelectField
from portal.web.fields import DateField, TextField
from portal.web.forms import FilterForm


class LogFilterForm(FilterForm):
    """Person, case, act and days; what is left open means everything."""

    person = SelectField("Person", blank="Everybody")
    reference = TextField("Case reference", max_length=20)
    act = SelectField(
        "What they did",
        blank="Everything",
        choices=[
            Choice(act, words) for act, words in sorted(WORDS.items(), key=lambda pair: pair[1])
        ],
    )
    from_on = DateField("From", what="The first day")
    to_on = DateField("To", what="The last day")
