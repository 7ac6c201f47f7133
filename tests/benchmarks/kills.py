"""Random kills of crawls.

python -m tests.benchmarks.kills --kills 100 --seed 1

Ends with 1 where an archive differs.

Each archive is crawled, killed at random times (the main process, a worker process, or all of them), verified and
crawled again, at most ten times; then it is compared with the archive of an undisturbed crawl. Half of the archives
are of the replayed WordPress where WARRAQ_SHARED has it, the others of the sample newspaper.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.support.faults.random_kills import Crawl, compare, disturb
from tests.support.newspapers.replay import replaying
from tests.support.rooms.crawls import declare, serving

OF_ONE_ARCHIVE = 10


def crawls(folder: Path, stack: ExitStack) -> dict[str, Crawl]:
    """The crawls to kill, by name; their servers run until the stack is closed."""
    sites = declare(folder / "private", stack.enter_context(serving()))
    options = ("--delay", "0", "--quiet")
    by_name = {"newspaper": Crawl("crawl", "marfa", "--allow-host", "127.0.0.1", *options, WARRAQ_SPIDERS=str(sites))}
    shared = Path(os.environ.get("WARRAQ_SHARED", "shared"))
    if (shared / "corpus" / "wordpress").is_dir():
        replay = stack.enter_context(replaying(shared, folder))
        proxy = f"http://127.0.0.1:{replay.port}"
        by_name["wordpress"] = Crawl(
            "crawl", "http://alrased.test/", *options, http_proxy=proxy, WARRAQ_CONTACT="a@b.example"
        )
    return by_name


def main() -> None:
    """Kill, compare, and print a line for each archive and the sums."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100, help="how many in all")
    parser.add_argument("--seed", type=int, default=1, help="of the times and victims")
    parser.add_argument("--site", choices=["newspaper", "wordpress"], help="of this site only")
    asked = parser.parse_args()
    chance, done, bad, archives, began = random.Random(asked.seed), Counter[str](), 0, Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="warraq-kills-") as made, ExitStack() as stack:
        folder = Path(made)
        every = {name: crawl for name, crawl in crawls(folder, stack).items() if asked.site in (None, name)}
        said: dict[str, tuple[dict[str, Any], float]] = {}
        for name, crawl in every.items():
            (folder / name).mkdir()
            said[name] = crawl.undisturbed(folder / name)
            print(f"{name}: {len(said[name][0]['articles'])} articles, {said[name][1]:.1f} s undisturbed", flush=True)
        while done.total() < asked.kills:
            name = sorted(every)[archives.total() % len(every)]
            archives[name] += 1
            place = folder / f"{name}-{archives[name]}"
            place.mkdir()
            most = min(OF_ONE_ARCHIVE, asked.kills - done.total())
            killed = Counter[str]()
            try:
                killed = disturb(every[name], place, chance, kills=most, lasts_s=said[name][1])
                compare(every[name], place, said[name][0])
                verdict = "as undisturbed"
            except AssertionError as error:
                bad, verdict = bad + 1, f"DIFFERS: {error}"
            done += killed
            print(f"{place.name}: {dict(killed)}: {verdict}", flush=True)
    print(
        f"{done.total()} kills ({', '.join(f'{count} of {victim}' for victim, count in sorted(done.items()))}) of "
        f"{archives.total()} archives ({dict(archives)}): {bad} differ; {time.monotonic() - began:.0f} s"
    )
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
