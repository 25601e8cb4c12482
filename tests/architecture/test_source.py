import re
import shutil
import subprocess

from portal.db import Base
from tests.architecture.source import ROOT, calls, last, modules, python_files

MOST_LINES = 400

# Where the tripwire cannot look. Only the modules under it may go there.
UNSEEN = {
    "text",
    "literal_column",
    "connection",
    "exec_driver_sql",
    "from_statement",
    "bulk_save_objects",
    "bulk_insert_mappings",
    "bulk_update_mappings",
}

# Each of these has a reason why no actor's scope fits; it stands at the call.
MAY_GO_UNSCOPED = {
    "portal/access/gate.py",
    "portal/mail/deliver.py",
    "portal/services/health.py",
    "portal/services/invites_out.py",
    "portal/services/leaving.py",
    "portal/services/import_work.py",
    "portal/services/pdf_work.py",
    "portal/services/recounting.py",
}


def _classes(*, scoped: bool) -> set[str]:
    return {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if ("scope" in mapper.local_table.info) == scoped
    }


def test_only_the_database_module_commits():
    found = [
        path
        for path, tree in modules("portal/db.py").items()
        for called, _ in calls(tree)
        if last(called) == "commit"
    ]

    assert found == []


def test_outside_access_only_what_has_no_scope_is_got_by_its_key():
    unscoped = _classes(scoped=False)

    found = [
        f"{path}:{call.lineno} {called}"
        for path, tree in modules("portal/access/").items()
        for called, call in calls(tree)
        if called.endswith(("session.get", "session.get_one", "session.merge", "get_or_404"))
        and not (call.args and getattr(call.args[0], "id", "") in unscoped)
    ]

    assert found == []


def test_nobody_writes_a_statement_that_the_tripwire_cannot_see_into():
    found = [
        f"{path}:{call.lineno} {called}"
        for path, tree in modules("portal/db.py", "portal/access/").items()
        for called, call in calls(tree)
        if last(called) in UNSEEN
    ]

    assert found == []


def test_the_users_of_the_unscoped_door_are_these():
    found = {
        path
        for path, tree in modules("portal/access/scope/").items()
        for called, _ in calls(tree)
        if last(called) == "unscoped"
    }

    assert found == MAY_GO_UNSCOPED


def test_only_the_access_room_sets_the_option_that_opens_tables():
    found = [
        f"{path}:{call.lineno}"
        for path, tree in modules("portal/access/").items()
        for called, call in calls(tree)
        if last(called) == "execution_options" and "scope" in {word.arg for word in call.keywords}
    ]

    assert found == []


def test_no_relationship_leads_from_what_has_no_scope_to_what_has_one():
    found = [
        str(relationship)
        for mapper in Base.registry.mappers
        if "scope" not in mapper.local_table.info
        for relationship in mapper.relationships
        if "scope" in relationship.mapper.local_table.info
    ]

    assert found == []


def test_a_case_has_no_relationship_to_anything_with_a_scope():
    case = next(each for each in Base.registry.mappers if each.class_.__name__ == "Case")

    found = [str(each) for each in case.relationships if "scope" in each.mapper.local_table.info]

    assert found == []


def test_every_representative_is_one_of_an_agency_or_of_an_applicant():
    # Split, so that this file does not name one either.
    word = "represent" + "ative"
    told_apart = re.compile(rf"(?:agency|applicant)(?:[\s_-]|&nbsp;)*{word}", re.IGNORECASE)
    files = [*python_files("portal"), *python_files("tests")] + [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.*")
    ]

    found = [
        path
        for path in files
        if word in told_apart.sub("", (ROOT / path).read_text()).casefold()
        and path != "tests/architecture/test_source.py"
    ]

    assert found == []


def test_no_file_is_longer_than_can_be_kept_in_mind():
    found = {
        path: lines
        for path in [*python_files("portal"), *python_files("tests")]
        if (lines := len((ROOT / path).read_text().splitlines())) > MOST_LINES
    }

    assert found == {}


def test_no_file_names_a_folder_of_one_machine_or_the_host_of_a_registry():
    # Written with brackets, so that this file is not found by its own search.
    forbidden = re.compile(
        rb"/wor[k]/|/roo[t]/|/tm[p]/|/Users[/]|pypi[.]|pythonhoste[d]|registry[.]npm|deb[.]debian"
    )
    git = shutil.which("git")
    assert git, "git is needed to tell what belongs to the project"
    listed = subprocess.run(  # noqa: S603  # the arguments are these
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]

    found = [
        f"{path.relative_to(ROOT)}: {hit.group().decode()}"
        for path in paths
        if path.is_file() and (hit := forbidden.search(path.read_bytes()))
    ]

    assert found == []
