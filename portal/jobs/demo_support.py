"""Who stands by Noor Haddad in the demonstration, and the statement that she dictated."""

from portal.domain.statements import PanelReads, ReadsOut
from portal.jobs.demo_steps import COORDINATORS, acting, day, token
from portal.services import statements, support, supporting

SUPPORT_WORKER = "support@victimcare.example"


def noor(reference: str) -> None:
    """She says yes to a support worker, who writes down her statement before the meeting."""
    office = acting(COORDINATORS["wharrowdale"], "2027-01-08T10:00")
    (victim,) = support.open_support(office, reference).victims
    worker = acting(SUPPORT_WORKER, "2027-01-13T15:00")
    support.record_support(
        office,
        reference,
        victim.party_id,
        token(),
        support.TypedSupport(
            person_id=worker.person_id or 0,
            accepted_on=day("2027-01-07"),
            method=support.ConsentMethod.SPOKEN,
        ),
    )
    supporting.write_statement(
        worker,
        reference,
        victim.party_id,
        token(),
        statements.TypedStatement(
            words="Since October my son asks every evening whether the door is locked. I told "
            "the police, and I told the council twice, and it was called a dispute.\n\n"
            "I want somebody to say that it was about who we are. I want the glass mended.",
            handed_in_on=day("2027-01-13"),
            channel=statements.Channel.PHONE,
            written_down_by="Kelly Nash, with an interpreter",
            panel_reads=PanelReads.ONCE_READ_OUT,
            reads_out=ReadsOut.SUPPORT_WORKER,
            reads_out_name="Kelly",
        ),
        0,
    )
