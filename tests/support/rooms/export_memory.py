"""Memory of exports, in a process of its own: python -m tests.support.rooms.export_memory OUT DATABASE…"""

import re
import sys
from pathlib import Path

from storage.db.database import connect
from storage.export import write_export


def largest_mb() -> float:
    """The largest resident size of this process so far, in MB. `ru_maxrss` would count that of its parent as well."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        raise OSError("/proc/self/status has no VmHWM")
    return int(found[1]) / 1024


def main() -> None:
    """Export each SQLite database to OUT, and print the largest resident size after each, in MB."""
    target, *databases = sys.argv[1:]
    for each in databases:
        engine = connect(f"sqlite:///{each}", readonly=True)
        write_export(engine, Path(target), force=True)
        engine.dispose()
        print(largest_mb())


if __name__ == "__main__":
    main()
