"""The extraction of sites without rules of their own: invented sites, plain or scrambled, before and after learning.

python -m tests.benchmarks.unseen [--set NAME] [--json FILE] [--per-site] [--seed N] [--write]
python -m tests.benchmarks.unseen --ablation [--seed N] [--write]
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.document import replace_section
from tests.benchmarks.reading.ablation import ablation
from tests.benchmarks.reading.report import document, faults, table
from tests.benchmarks.reading.runs import SETS, Results, run

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
SHARED = Path(os.environ.get("WARRAQ_SHARED") or ROOT.parent / "shared")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the document if --write is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.unseen", description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", choices=SETS, help="which pages; may be repeated; default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every page's scores there")
    parser.add_argument("--per-site", action="store_true", help="a table for each site as well")
    parser.add_argument("--faults", action="store_true", help="name every page on which Warraq is not perfect")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other sites of the same builds")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument(
        "--ablation", action="store_true", help="instead, measure the extractor without each of its parts"
    )
    given = parser.parse_args(arguments)
    if given.ablation:
        text = ablation(SHARED / "corpus", seed=given.seed)
        print(text)
        if given.write:
            replace_section(DOCUMENT, "ablation", text)
        return 0
    all_results: list[Results] = []
    for name in given.set or SETS:
        all_results += run(name, seed=given.seed, corpus=SHARED / "corpus")
    for results in all_results:
        print(table(results, per_site=given.per_site))
        if given.faults:
            print(*faults(results), sep="\n")
    if given.json:
        said = {each.name: each.as_json() for each in all_results}
        given.json.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if given.write:
        replace_section(DOCUMENT, "unseen", document(all_results, seed=given.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
