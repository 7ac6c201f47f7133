"""The mutation run: small changes to the code, each of which a test should notice.

    python tests/mutation/run.py [--sample N] [--seed N] [MODULE ...]

mutmut makes the mutants of the files that [tool.mutmut] in pyproject.toml names, and knows which tests call which
function. This script draws a seeded sample of each module, since a full run takes hours; adds the tests that crawl
in a process of their own, which mutmut does not see; and prints a table and the survivors.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.workers import isolation

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "mutants"
STATS = FOLDER / "mutmut-stats.json"
# Tests that call these modules in another process.
CRAWLS = {
    "crawler.http.robots.middleware": ("tests/http/test_robots.py", "tests/faults/test_refusals.py"),
    "crawler.http.retry_after": ("tests/faults/test_refusals.py", "tests/http/test_backoff.py"),
}
CRAWL_S = 10.0  # of one crawl, for the time limit of a mutant
TESTS_S = 30.0  # of all tests of one mutant: of a function that hundreds of tests call, the quickest are run
OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 5: "no test", 33: "no test"}


class WholeTests(PytestRunner):
    """Runs test functions with all their parameters: pytest does not find every id again in a later run."""

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        return super().run_tests(mutant_name=mutant_name, tests=sorted({test.partition("[")[0] for test in tests}))


def run(mutants: list[str]) -> None:
    """Run the tests of these mutants, one mutant at a time."""
    isolation.PytestRunner = WholeTests
    mutmut.run.callback(tuple(mutants), max_children=1)


def outcomes() -> dict[str, int | None]:
    """Each mutant with pytest's exit code under it; None: not run yet."""
    codes: dict[str, int | None] = {}
    for path in sorted(FOLDER.rglob("*.py.meta")):
        codes |= json.loads(path.read_text())["exit_code_by_key"]
    return codes


def module_of(mutant: str) -> str:
    """ "crawler.http.robots.robot_rules" of "crawler.http.robots.rules.x_parse_robots__mutmut_3"."""
    return mutant.rpartition(".")[0]


def sampled(mutants: list[str], size: int, seed: int) -> list[str]:
    """At most that many mutants of each module."""
    by_module: defaultdict[str, list[str]] = defaultdict(list)
    for mutant in mutants:
        by_module[module_of(mutant)].append(mutant)
    drawn: list[str] = []
    for module, held in sorted(by_module.items()):
        chance = random.Random(f"{seed} {module}")
        drawn += held if len(held) <= size else chance.sample(held, size)
    return drawn


def choose_tests(mutants: list[str]) -> None:
    """Write into mutmut's statistics which tests are run for these mutants."""
    stats = json.loads(STATS.read_text())
    tests, duration = stats["tests_by_mangled_function_name"], stats["duration_by_test"]
    for function in {mutant.rpartition("__mutmut_")[0] for mutant in mutants}:
        known = tests.get(function)
        if known:
            quickest = sorted(known, key=lambda test: (duration[test], test))
            sums = accumulate(duration[test] for test in quickest)
            tests[function] = [test for test, total in zip(quickest, sums, strict=True) if total <= TESTS_S]
        elif files := CRAWLS.get(function.rpartition(".")[0]):
            tests[function] = [test for test in duration if test.startswith(files)]
            duration |= {test: max(CRAWL_S, duration[test]) for test in tests[function]}
    STATS.write_text(json.dumps(stats))


def main() -> None:
    """Make the mutants, run the sample, print the table and the survivors."""
    parser = argparse.ArgumentParser(prog="python tests/mutation/run.py", description=__doc__.split("\n")[0])
    parser.add_argument(
        "modules", nargs="*", help="as crawler.http.robots.robot_rules; none: all that pyproject.toml names"
    )
    parser.add_argument("--sample", type=int, default=30, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not STATS.exists():
        run(["storage.revisits.page_failures.x_is_outage__mutmut_1"])
    mutants = [each for each in outcomes() if not options.modules or module_of(each) in options.modules]
    drawn = sampled(mutants, options.sample, options.seed)
    choose_tests(drawn)
    run(drawn)
    codes, made = outcomes(), Counter(map(module_of, mutants))
    ran: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant in drawn:
        code = codes[mutant]
        ran[module_of(mutant)]["not run" if code is None else OUTCOMES.get(code, "timed out")] += 1
    names = ("killed", "timed out", "survived", "no test", "not run")
    print("| module | mutants | drawn |", " | ".join(names), "|")
    print("| --- " * (len(names) + 3) + "|")
    for module, counts in ran.items():
        print(f"| {module} | {made[module]} | {counts.total()} |", " | ".join(str(counts[each]) for each in names), "|")
    for mutant in drawn:
        if codes[mutant] == 0:
            print(f"\n{mutant}\n{get_diff_for_mutant(mutant)}")


if __name__ == "__main__":
    main()
