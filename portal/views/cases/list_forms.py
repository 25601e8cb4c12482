"""The row of filters above the lists of cases."""

from portal.domain.caselists import CaseList, Wanted
from portal.domain.stages import Stage
from portal.services.cases import ListChoices
from portal.web.fields import Choice, SelectField
from portal.web.forms import FilterForm


class CaseFilterForm(FilterForm):
    """Which cases to list."""

    stage = SelectField("Stage", blank="All stages")
    lga = SelectField("Local government area", blank="All areas")
    agency = SelectField("Agency on the panel", blank="All agencies")

    def offer(self, choices: ListChoices) -> None:
        """Put on offer what this reader can narrow their list by."""
        self.stage.choices = [
            Choice(each.value, each.label) for each in Stage if each is not Stage.CLOSED
        ]
        self.lga.choices = [Choice(str(number), name) for number, name in choices.lgas]
        if choices.agencies:
            self.agency.choices = [Choice(str(number), name) for number, name in choices.agencies]
        else:
            del self.agency

    def wanted(self, which: CaseList) -> Wanted:
        """Return what was asked for of a list."""
        return Wanted(
            which=which,
            stage=Stage(self.stage.data) if self.stage.data else None,
            lga_id=int(self.lga.data) if self.lga.data else None,
            agency_id=int(self.agency.data) if self.agency and self.agency.data else None,
        )

    @property
    def asked(self) -> dict[str, str]:
        """Return what was asked for, as it stands in an address."""
        fields = [self.stage, self.lga, *([self.agency] if self.agency else [])]
        return {field.name: field.data for field in fields if field.data}
