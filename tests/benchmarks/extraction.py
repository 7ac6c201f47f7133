"""The extraction benchmark: Warraq compared with the published extractors, in one run.

python -m tests.benchmarks.extraction [--corpus PATH] [--only NAME] [--json FILE] [--quick]

The table goes to standard output; a whole run also writes its section of docs/benchmarks.md. Peers that are not
installed here (extra `bench`) get environments of their own (see environments).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.document import replace_section
from tests.benchmarks.engines.corpora import Corpus, shared_corpora
from tests.benchmarks.engines.measures import measure
from tests.benchmarks.engines.peers import ENGINES
from tests.benchmarks.engines.report import as_json, faults, markdown
from tests.benchmarks.fixtures.pages import fixtures

ROOT = Path(__file__).parents[2]
ROUNDS = 5
SHARED = Path(os.environ.get("WARRAQ_SHARED", ROOT.parent / "shared"))
DOCUMENT = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write. Returns the exit code: 2 if --only matches nothing."""
    given = _parser().parse_args(arguments)
    names = [name.casefold() for name in given.only or ()]
    engines = [each for each in ENGINES if not names or any(each.name.casefold().startswith(n) for n in names)]
    if not engines:
        print(f"no engine begins with {given.only}; there are: {', '.join(e.name for e in ENGINES)}", file=sys.stderr)
        return 2
    corpora, notes = _corpora(given.corpus)
    date, rounds = datetime.now(UTC), 1 if given.quick else ROUNDS
    run = measure(engines, corpora, rounds=rounds)
    table = markdown(run, corpora, date=date, rounds=rounds, notes=notes)
    print(table)
    print(*faults(run, corpora), sep="\n", file=sys.stderr)
    if given.json:
        said = as_json(run, corpora, date=date, rounds=rounds)
        given.json.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not names and not given.quick:
        replace_section(DOCUMENT, "extraction", table)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction", description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus", help="folder of real pages with gold")
    parser.add_argument("--only", action="append", metavar="NAME", help="engines whose name begins so; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every page's scores there")
    parser.add_argument("--quick", action="store_true", help="one timed round; docs/benchmarks.md stays as it is")
    return parser


def _corpora(folder: Path) -> tuple[list[Corpus], list[str]]:
    real = list(shared_corpora(folder))
    notes = [] if real else ["The real pages were not there (`--corpus`); they are other people's work, not shipped."]
    return [*real, fixtures()], notes


if __name__ == "__main__":
    sys.exit(main())
