import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def test_rooms_import_downwards_the_domain_is_plain_and_no_view_queries():
    # A process of its own: the linter turns off the loggers of the one it runs in.
    verdict = subprocess.run(  # noqa: S603  # the arguments are these
        [LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert verdict.returncode == 0, verdict.stdout
