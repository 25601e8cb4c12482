"""Forms on which a case is closed."""

from portal.web.fields import LongTextField, Required, TextField
from portal.web.forms import BaseForm


class CloseForm(BaseForm):
    """That nothing is left to do."""

    reason = LongTextField(
        "Why is the case closed?",
        [Required("Write why the case is closed")],
        size="s",
        what="The reason",
        description="The coordinator and the chair read this.",
    )
    all_the_same = LongTextField(
        "The last two scores are not both under High. Why is it closed all the same?",
        size="s",
        what="The reason",
    )
    manager = TextField(
        "Who in the lead agency agrees, as what, and when?",
        size="s",
        what="Who agrees",
        description="The risk was Very high, so a manager of the lead agency agrees.",
    )

    def ask_only(self, names: frozenset[str]) -> None:
        """Take out the questions that this case does not need."""
        for name in {"all_the_same", "manager"} - names:
            del self[name]


class WithdrawForm(BaseForm):
    """That the applicant does not want the review any more."""

    reason = LongTextField(
        "Why was the request withdrawn?",
        [Required("Write who withdrew it, when and why")],
        size="s",
        what="The reason",
        description="Who said so, when, in what words. The coordinator and the chair read this.",
    )
