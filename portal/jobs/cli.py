"""The command ``portal``: people, log, schemes, worker, demonstration; also Flask's own ``db``."""

import datetime as dt
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, FlaskGroup, with_appcontext

from portal import create_app, log
from portal.clock import Clock
from portal.config import ConfigError
from portal.documents.check import check_template
from portal.domain.dates import LONDON
from portal.domain.letters import Topic
from portal.domain.roles import Actor, Role
from portal.jobs import demo, worker
from portal.jobs.scheme_commands import scheme_group
from portal.resources import DOCUMENT_TEMPLATES
from portal.services import accounts, people, search_terms, setup


def _create() -> Flask:
    try:
        return create_app()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


@click.group(cls=FlaskGroup, create_app=_create, add_version_option=False)
def cli() -> None:
    """Case Review Portal."""


def _clock() -> Clock:
    clock: Clock = current_app.extensions["clock"]
    return clock


def _actor(name: str) -> Actor:
    return Actor.job(name, _clock().now())


log_group = AppGroup("log", help="The log of who saw and did what.")
person_group = AppGroup("person", help="People who sign in.")
area_group = AppGroup("area", help="Areas, their agencies and schemes.")
cli.add_command(log_group)
cli.add_command(person_group)
cli.add_command(area_group)
search_group = AppGroup("search", help="The words by which cases are found.")
cli.add_command(search_group)
cli.add_command(scheme_group)


@log_group.command("verify")
def verify_log() -> None:
    """Prove every chain from its first entry, or name the first bad entry of each."""
    faults = 0
    for proof in log.prove():
        faults += bool(proof.fault)
        click.echo(f"{proof.chain}: {proof.fault or f'{proof.length} entries, whole'}")
    sys.exit(1 if faults else 0)


@search_group.command("rebuild")
def rebuild_search() -> None:
    """Make the words of every case anew: after an upgrade, or when the rules of words change."""
    click.echo(f"{search_terms.rebuild()} cases can be found")


@cli.command("check-templates")
def check_templates() -> None:
    """Check every Word template of this installation; name what is wrong with each."""
    faults = 0
    for path in sorted(DOCUMENT_TEMPLATES.glob("*/*.docx")):
        for fault in check_template(path.stem, path.read_bytes()):
            faults += 1
            click.echo(f"{path.parent.name}/{path.name}, {fault.where}: {fault.sentence}")
    click.echo("No fault found" if not faults else f"{faults} faults")
    sys.exit(1 if faults else 0)


@area_group.command("add")
@click.option("--slug", required=True, help="Short name in lower case, like wharrowdale.")
@click.option("--name", required=True)
@click.option("--office", required=True, help="Name of the local policing body's office.")
@click.option("--phone", required=True)
@click.option("--email", required=True)
@click.option("--preset", type=click.Choice(["durham", "gloucestershire"]), required=True)
@click.option("--lga", "lgas", multiple=True, required=True, help="Local government area.")
def add_area(
    slug: str, name: str, office: str, phone: str, email: str, preset: str, lgas: tuple[str, ...]
) -> None:
    """Add an area with its local government areas and the first version of its scheme."""
    try:
        setup.add_area(
            _actor("portal area add"),
            setup.NewArea(slug, name, office, phone, email, preset, lgas),
        )
    except setup.SetupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Added {name}")


@area_group.command("agency")
@click.option("--area", required=True, help="Slug of the area.")
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice(setup.AGENCY_KINDS), required=True)
@click.option("--co-opted", is_flag=True, help="A housing provider co-opted under the Act.")
@click.option("--lga", default="", help="The local government area that a council is for.")
def add_agency(area: str, name: str, kind: str, co_opted: bool, lga: str) -> None:
    """Add an agency to an area."""
    try:
        setup.add_agency(
            _actor("portal area agency"),
            area,
            name=name,
            kind=kind,
            is_co_opted=co_opted,
            lga=lga,
        )
    except setup.SetupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Added {name}")


@area_group.command("say")
@click.option("--area", required=True, help="Slug of the area.")
@click.option("--topic", type=click.Choice([topic.value for topic in Topic]), required=True)
@click.argument("words")
def say_in_letters(area: str, topic: str, words: str) -> None:
    """Set what the office says of itself, or of where to turn to, in every letter."""
    try:
        setup.say(_actor("portal area say"), area, Topic(topic), words)
    except setup.SetupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Letters now say {Topic(topic).label}")


@person_group.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--phone", default="")
@click.option("--role", type=click.Choice([r.value for r in Role if r is not Role.JOB]))
@click.option("--area", default="", help="Slug of the area, with --role.")
@click.option("--agency", default="", help="Name of the agency, for agency roles.")
@click.password_option("--passphrase", help="Asked for if not given.")
def add_person(
    email: str, name: str, phone: str, role: str | None, area: str, agency: str, passphrase: str
) -> None:
    """Add somebody who can sign in, with their first role."""
    actor = _actor("portal person add")
    try:
        people.add_person(actor, email=email, name=name, phone=phone, passphrase=passphrase)
        if role:
            people.give_role(
                actor, email=email, role=Role(role), area_slug=area, agency_name=agency
            )
    except accounts.AccountError as error:
        raise click.ClickException(f"{error}.") from error
    click.echo(f"Added {email}")


@person_group.command("role")
@click.option("--email", required=True)
@click.option("--role", type=click.Choice([r.value for r in Role if r is not Role.JOB]))
@click.option("--area", default="")
@click.option("--agency", default="")
@click.option("--end", is_flag=True, help="Take the role away.")
def change_role(email: str, role: str, area: str, agency: str, end: bool) -> None:
    """Give somebody a role, or take it away; they are signed out at once."""
    actor = _actor("portal person role")
    try:
        if end:
            people.end_roles(actor, email=email, role=Role(role))
        else:
            people.give_role(
                actor, email=email, role=Role(role), area_slug=area, agency_name=agency
            )
    except accounts.AccountError as error:
        raise click.ClickException(f"{error}.") from error
    click.echo("Done")


@person_group.command("deactivate")
@click.option("--email", required=True)
@click.option("--undo", is_flag=True, help="Let them sign in again.")
def deactivate(email: str, undo: bool) -> None:
    """Keep somebody from signing in; every sign-in of theirs ends at once."""
    try:
        people.set_active(_actor("portal person deactivate"), email=email, is_active=undo)
    except accounts.AccountError as error:
        raise click.ClickException(f"{error}.") from error
    click.echo("Done")


@cli.command("work")
@click.option("--once", is_flag=True, help="Send what is due and stop.")
@with_appcontext
def work(once: bool) -> None:
    """Send what is waiting in the outbox and work imports off, until stopped."""
    worker.work(current_app._get_current_object(), until_idle=once)  # type: ignore[attr-defined]


def _moment(_context: click.Context, _option: click.Parameter, typed: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(typed).replace(tzinfo=LONDON)
    except ValueError as error:
        raise click.BadParameter("write it like 2026-12-17T20:15") from error


@click.command("demo")
@click.option("--at", callback=_moment, default="2027-01-14T08:45", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("instance/demo"))
def run_demo(at: dt.datetime, port: int, folder: Path) -> None:
    """Run a demonstration with sample cases; reads no production setting."""
    demo.run(at, port, folder)


def main() -> None:
    """Run the command line; the demonstration needs no settings, everything else does."""
    if sys.argv[1:2] == ["demo"]:
        run_demo(sys.argv[2:], prog_name="portal demo")
    cli()


if __name__ == "__main__":
    main()
