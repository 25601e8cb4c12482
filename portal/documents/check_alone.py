"""The process in which a template is checked: ``python -m portal.documents.check_alone KIND``.

Reads the template from its input and writes the faults to its output, as JSON.
"""

import json
import resource
import sys
from typing import Final

from portal.documents.check import check_template

MOST_MEMORY_BYTES: Final = 1024**3
MOST_CPU_SECONDS: Final = 25


def main() -> None:
    """Limit this process, then check what comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    faults = check_template(sys.argv[1], sys.stdin.buffer.read())
    json.dump([(fault.where, fault.sentence) for fault in faults], sys.stdout)


if __name__ == "__main__":
    main()
