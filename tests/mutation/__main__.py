"""The mutation run: small changes to the code, each of which a test should notice.

    python -m tests.mutation [--sample N] [--seed N] MODULE ...

Draws a seeded sample of each module's changes. Under each change it runs the tests of the module's room in a copy of
the tree. Prints a table, and the changes that no test noticed. A module is a file or a folder of files, as
crawler/dates.
"""

import argparse
import importlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.mutation.changes import Change, changes
from tests.mutation.rooms import tests_of

ROOT = Path(__file__).parents[2]
OUTCOMES = {0: "survived", 1: "killed", 2: "killed", 3: "killed", 4: "killed"}
# Other people's packages are imported once; ours anew under each change.
IMPORTED = (
    "hypothesis",
    "lxml.html",
    "scrapy.http",
    "sqlalchemy.dialects.postgresql",
    "tantivy",
    "trafilatura",
    "typer",
)
# A test that measures time fails on a busy machine, and would count as a kill.
LEFT_OUT = "not bounded_time and not cost_no_time and not costs_no_time and not ten_years and not eight_processes"


def run_tests(tests: list[str], limit_s: float) -> str:
    """Run the tests in the changed tree, which is the working folder: "killed", "survived" or "timed out"."""
    process = os.fork()
    if not process:
        os.setsid()
        log = os.open("mutant.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        for name in [each for each in sys.modules if each.partition(".")[0] == "tests"]:
            del sys.modules[name]  # they are this script's, from beside the copy
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow and not postgres", "-k", LEFT_OUT]
        os._exit(int(pytest.main([*options, *tests])))
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return OUTCOMES.get(os.waitstatus_to_exitcode(status), "killed")
        time.sleep(0.05)
    os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "timed out"


def run_module(module: Path, sample: int, seed: int) -> tuple[int, list[tuple[Change, str]]]:
    """The number of a module's changes, and the sampled ones with their outcomes."""
    source = module.read_text()
    every = list(changes(source))
    drawn = random.Random(f"{seed} {module}").sample(every, min(sample, len(every)))
    tests = tests_of(module)
    start = time.monotonic()
    if run_tests(tests, 600) != "survived":
        sys.exit(f"{' '.join(tests)} fail without a change: {Path('mutant.log').read_text()}")
    limit_s = 20 + 5 * (time.monotonic() - start)
    outcomes = []
    for number, change in enumerate(drawn):
        module.write_text(change.source)
        os.utime(module, (number, number))  # no two have one time, by which Python knows compiled files
        outcomes.append((change, run_tests(tests, limit_s)))
        print(f"{module}:{change.line}", outcomes[-1][1], file=sys.stderr, flush=True)
    module.write_text(source)
    return len(every), outcomes


def main() -> None:
    """Copy the tree, run the sample of each module, print the table and the survivors."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.split("\n")[0])
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=6, help="changes of each module")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name in IMPORTED:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder = str(shutil.copytree(ROOT, Path(temporary) / "tree", ignore=shutil.ignore_patterns(".*")))
        os.chdir(folder)
        sys.path.insert(0, folder)
        os.environ["PYTHONPATH"] = folder
        names = ("killed", "timed out", "survived")
        print("| module | changes | drawn |", " | ".join(names), "|\n" + "| --- " * (len(names) + 3) + "|")
        survivors = []
        for each in options.modules:
            for module in sorted(each.rglob("*.py")) if each.is_dir() else [each]:
                made, outcomes = run_module(module, options.sample, options.seed)
                if not made:
                    continue
                counts = Counter(outcome for _, outcome in outcomes)
                figures = (module, made, len(outcomes), *(counts[name] for name in names))
                print("|", " | ".join(map(str, figures)), "|", flush=True)
                survivors += [(module, change) for change, outcome in outcomes if outcome == "survived"]
    for module, change in survivors:
        print(f"\n{module}:{change.line}\n- {change.before}\n+ {change.after}")


if __name__ == "__main__":
    main()
