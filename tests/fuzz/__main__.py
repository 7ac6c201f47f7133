"""Fuzz the readers of bytes from elsewhere with atheris; what breaks one is kept as a case that the tests replay.

python -m tests.fuzz [TARGET ...] [--seconds N] [--seed N]
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CASES = Path(__file__).parent / "cases"
NAMES = ("extract", "parse_date", "lists", "rest", "robots", "query", "warc")
LONGEST_S = 20  # of one input, on a busy machine
MOST_MIB = 2_048
LONGEST_INPUT = 20_000  # bytes
_ONE = "--one"  # a process of its own, which libFuzzer ends


def main(arguments: Sequence[str]) -> int:
    """Fuzz each target in a process of its own. 0: nothing was found; 1: a case was kept; 2: atheris isn't there."""
    if arguments[:1] == [_ONE]:
        _fuzz(arguments[1], arguments[2:])
        return 0
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("target", nargs="*", help=f"{', '.join(NAMES)}; default: all")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default 60)")
    parser.add_argument("--seed", type=int, default=0, help="0 takes another in every run (default)")
    given = parser.parse_args(arguments)
    if unknown := set(given.target) - set(NAMES):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    kept = [case for name in given.target or NAMES for case in _run(name, given.seconds, given.seed)]
    for case in kept:
        print(f"kept {case}")
    return 1 if kept else 0


def _run(name: str, seconds: int, seed: int) -> list[Path]:
    """Fuzz one target; the cases that it kept."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        crashes = Path(folder, "found")
        crashes.mkdir()
        options = [f"-max_total_time={seconds}", f"-timeout={LONGEST_S}", f"-rss_limit_mb={MOST_MIB}"]
        options += [f"-seed={seed}", f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={crashes}/", "-verbosity=0"]
        command = [sys.executable, "-m", "tests.fuzz", _ONE, name, folder, *options]
        ran = subprocess.run(
            command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        inputs = sorted(crashes.iterdir())
        print(f"{name}: {'broken' if ran.returncode else 'nothing found'} in {seconds} s", flush=True)
        if ran.returncode and not inputs:
            raise SystemExit(ran.stdout)
        if ran.returncode:
            print(re.sub("INFO: Instrumenting .*\n", "", ran.stdout))
        kept = []
        for each in inputs:
            data = each.read_bytes()
            case = CASES / name / hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]
            case.parent.mkdir(parents=True, exist_ok=True)
            case.write_bytes(data)
            kept.append(case)
        return kept


def _fuzz(name: str, arguments: Sequence[str]) -> None:
    """Never returns. arguments: a folder of its own, then libFuzzer's options."""
    import atheris

    with atheris.instrument_imports(include=["crawler", "storage"], enable_loader_override=False):
        from tests.fuzz.targets import TARGETS

    target, folder = TARGETS[name], Path(arguments[0])
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, seed in enumerate(target.seeds):
        (seeds / str(number)).write_bytes(seed)
    words = folder / "words"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in target.words)
    words.write_text("".join(f'"{word}"\n' for word in quoted))
    atheris.Setup([sys.argv[0], *arguments[1:], f"-dict={words}", str(seeds)], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
