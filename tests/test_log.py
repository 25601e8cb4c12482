import dataclasses
import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from portal import log
from portal.db import db, transaction
from portal.domain.roles import Actor, Role
from portal.jobs.cli import cli
from portal.models.log import LogChain, LogEntry
from portal.models.person import SignInFailure

AT = dt.datetime(2027, 1, 14, 8, 45, tzinfo=dt.UTC)
JOB = Actor.job("a test", AT)


def _in_area(number):
    return Actor(
        person_id=None,
        name="Ruth Adeyemi",
        role=Role.COORDINATOR,
        area_id=number,
        agency_id=None,
        at=AT,
    )


def _acts(chain="installation"):
    entries = sa.select(LogEntry.act).where(LogEntry.chain == chain).order_by(LogEntry.number)
    return db.session.scalars(entries).all()


def _faults():
    proofs = {proof.chain: proof.fault for proof in log.prove()}
    db.session.rollback()
    return proofs


def _write_four():
    for act in ("one", "two", "three", "four"):
        with transaction():
            log.record(JOB, act)


def _tamper(*statements):
    """Do what somebody can do who is master of the database: the triggers do not stop them."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_entry_no_update")
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS log_entry_no_delete")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_entries_are_written_with_the_change_in_their_order(in_app):
    with transaction():
        db.session.add(SignInFailure(address_hash="a", count=1, next_try_at=AT))
        log.record(JOB, "first", reference="ACR-2", thing="item 3", outcome="refused")
        log.record(JOB, "second")

    entries = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.number)).all()
    assert [(each.number, each.act) for each in entries] == [(1, "first"), (2, "second")]
    first = entries[0]
    assert (first.at, first.person_id, first.role) == (AT, None, "job")
    assert (first.reference, first.thing, first.outcome) == ("ACR-2", "item 3", "refused")
    assert db.session.scalar(sa.select(SignInFailure.count)) == 1


def test_entries_of_a_transaction_that_failed_are_dropped_and_do_not_come_back(in_app):
    def fail_half_way():
        with transaction():
            log.record(JOB, "dropped")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()
    with transaction():
        log.record(JOB, "kept")

    assert _acts() == ["kept"]


def test_a_change_whose_entry_cannot_be_written_is_not_made(in_app):
    def change():
        with transaction():
            db.session.add(SignInFailure(address_hash="a", count=1, next_try_at=AT))
            log.record(_in_area(99), "of_no_area")

    with pytest.raises(LookupError, match="area-99"):
        change()

    assert db.session.scalar(sa.select(sa.func.count(SignInFailure.address_hash))) == 0


def test_a_transaction_over_several_areas_writes_to_each_chain(in_app, people):
    before = {chain: len(_acts(chain)) for chain in ("area-1", "area-2", "installation")}

    with transaction():
        for area in (2, 1, None, 2):
            log.record(_in_area(area), f"in_{area}")

    assert _acts("area-1")[before["area-1"] :] == ["in_1"]
    assert _acts("area-2")[before["area-2"] :] == ["in_2", "in_2"]
    assert _acts("installation")[before["installation"] :] == ["in_None"]
    assert set(_faults().values()) == {""}


def test_an_empty_and_a_whole_chain_are_proved(in_app):
    empty = list(log.prove())
    db.session.rollback()
    _write_four()
    whole = list(log.prove())

    assert empty == [log.ChainProof("installation", 0)]
    assert whole == [log.ChainProof("installation", 4)]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE log_entry SET act = 'other' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE log_entry SET outcome = 'refused' WHERE number = 4", "entry 4 was changed"),
        ("UPDATE log_entry SET person_id = 7 WHERE number = 1", "entry 1 was changed"),
        ("UPDATE log_entry SET hash = 'f' WHERE number = 3", "entry 3 was changed"),
        ("DELETE FROM log_entry WHERE number = 1", "entry 1 is missing"),
        ("DELETE FROM log_entry WHERE number = 3", "entry 3 is missing"),
        ("DELETE FROM log_entry WHERE number = 4", "entry 4 is missing"),
        ("DELETE FROM log_entry", "entry 1 is missing"),
        ("UPDATE log_chain SET head = 'f'", "the head does not match entry 4"),
        ("UPDATE log_chain SET length = 5", "entry 5 is missing"),
    ],
)
def test_what_was_tampered_with_is_found_and_named(in_app, statement, fault):
    _write_four()

    _tamper(statement)

    assert _faults() == {"installation": fault}


def test_a_tail_that_was_cut_together_with_the_count_is_found(in_app):
    _write_four()

    _tamper("DELETE FROM log_entry WHERE number = 4", "UPDATE log_chain SET length = 3")

    assert _faults() == {"installation": "the head does not match entry 3"}


def test_an_entry_that_was_removed_and_the_rest_renumbered_is_found(in_app):
    _write_four()

    _tamper(
        "DELETE FROM log_entry WHERE number = 2",
        "UPDATE log_entry SET number = 2 WHERE number = 3",
        "UPDATE log_entry SET number = 3 WHERE number = 4",
        "UPDATE log_chain SET length = 3",
    )

    assert _faults() == {"installation": "entry 2 was changed"}


def test_a_chain_that_was_tampered_with_does_not_hide_another(in_app, people):
    with transaction():
        log.record(_in_area(1), "in_1")
        log.record(_in_area(2), "in_2")

    _tamper("UPDATE log_entry SET act = 'other' WHERE chain = 'area-1' AND number = 1")

    assert _faults() == {"area-1": "entry 1 was changed", "area-2": "", "installation": ""}


@pytest.mark.parametrize("change", [sa.update(LogEntry).values(act="other"), sa.delete(LogEntry)])
def test_the_database_refuses_to_change_the_log(in_app, change):
    _write_four()

    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(change)

    assert _acts() == ["one", "two", "three", "four"]


def test_postgresql_refuses_to_empty_the_log_at_once(in_app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    _write_four()

    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE log_entry")


@pytest.mark.xdist_group("threads")
def test_eight_at_once_on_one_chain_leave_it_whole(app):
    failed = []

    def write(name):
        for number in range(20):
            try:
                with app.app_context(), transaction():
                    log.record(JOB, f"{name}-{number}")
            except Exception as error:  # a thread must not fail unseen
                failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert failed == []
        assert list(log.prove()) == [log.ChainProof("installation", 160)]
        assert db.session.scalar(sa.select(LogChain.length)) == 160
        assert len(set(_acts())) == 160


def test_an_entry_says_the_same_whatever_zone_its_instant_was_given_in(in_app):
    in_summer = dt.datetime(2026, 7, 1, 20, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))

    with transaction():
        log.record(dataclasses.replace(JOB, at=in_summer), "in_summer")

    assert _faults() == {"installation": ""}


def test_the_command_names_the_fault_and_fails(app):
    runner = app.test_cli_runner()
    with app.app_context():
        _write_four()
    whole = runner.invoke(cli, ["log", "verify"])
    with app.app_context():
        _tamper("UPDATE log_entry SET act = 'other' WHERE number = 2")
    changed = runner.invoke(cli, ["log", "verify"])

    assert (whole.exit_code, whole.output) == (0, "installation: 4 entries, whole\n")
    assert (changed.exit_code, changed.output) == (1, "installation: entry 2 was changed\n")
