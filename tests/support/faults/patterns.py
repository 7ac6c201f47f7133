"""Time each regular expression of the project on texts that make it backtrack. Prints JSON: their number, the slow
ones.

A pattern is called as the code calls it: by `match` if it is only matched, by `sub` if it is searched for or replaced.
"""

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import crawler
import storage

LENGTH, LIMIT_S, GIVE_UP_S = 100_000, 0.1, 0.5
# Takes 0.1 s on a processor that is free. On a busy or slow one the limit is what this takes there.
PLAIN = re.compile("|".join(f"{chr(97 + n % 26)}{n}" for n in range(480)))
PLAIN_TEXT = "ab" * (LENGTH // 2)
# Long runs of what patterns repeat, without the end that they wait for.
PIECES = (
    " ", "\n", "\t", "\u00a0", "0", "1", "٣", "a", "A", "ا", "ال", "ـ", "َ", ".", "-", "_", "/", ":", "=", "&", "<", ">",
    "<a ", "<!--", '"', "'", "\\", "[", "]", "{", "}", "(", ")", "|", "@", "%", "#", "?", ";", ",", "،", "«", "a ", "1 ",
    "ا ", "a.", "1:", "1-", "&amp;", "http://", "\ufeff", "😀", "\0", '="', "a=", "1/1/", "url(",
)  # fmt: skip
NOT_LOADED = ("crawler.settings", "storage.db.migrations.env", "crawler.__main__")
ANCHORED = {"match", "fullmatch"}
# Chosen at run time, under another name, and matched.
MATCHED = {"_AFTER_KEY", "_AFTER_FIELD", "_AFTER_ITEM"}
SEARCHING = {"search", "sub", "subn", "split", "finditer", "findall"}


def modules() -> list[str]:
    return [
        module.name
        for room in (crawler, storage)
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
        if module.name not in NOT_LOADED and "migrations.versions" not in module.name
    ]


def patterns(name: str) -> Iterator[tuple[str, "re.Pattern[str] | re.Pattern[bytes]"]]:
    """The patterns in a module's globals, also those in its collections, each with the name of its global."""
    todo = [(key, value) for key, value in vars(importlib.import_module(name)).items() if not key.startswith("__")]
    while todo:
        key, value = todo.pop()
        if isinstance(value, re.Pattern):
            yield key, value
        elif isinstance(value, list | tuple | set | frozenset):
            todo += [(key, each) for each in value]
        elif isinstance(value, dict):
            todo += [(key, each) for pair in value.items() for each in pair]


def methods(name: str) -> dict[str, set[str]]:
    """The pattern methods that a module calls, by the name of the object that they are called on."""
    by_name: dict[str, set[str]] = {}
    source = Path(str(sys.modules[name].__file__)).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ANCHORED | SEARCHING:
            owner = node.value
            called = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            by_name.setdefault(called, set()).add(node.attr)
    return by_name


def too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def spent_s(pattern: "re.Pattern[str] | re.Pattern[bytes]", text: str, *, anchored: bool) -> float:
    """Processor time of the pattern on the text in seconds, the least of three runs; at most GIVE_UP_S."""
    given = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")[:LENGTH]
    least = GIVE_UP_S
    for _ in range(3):
        begin = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, GIVE_UP_S)
        try:
            pattern.match(given) if anchored else pattern.sub(given[:0], given)  # type: ignore[arg-type]
        except TimeoutError:
            return GIVE_UP_S
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        least = min(least, time.process_time() - begin)
        if least < LIMIT_S:
            break
    return least


def is_slow(pattern: "re.Pattern[str] | re.Pattern[bytes]", text: str, *, anchored: bool) -> bool:
    spent = spent_s(pattern, text, anchored=anchored)
    return spent >= LIMIT_S and spent >= spent_s(PLAIN, PLAIN_TEXT, anchored=False)


def main() -> None:
    """Time all patterns, and print the slow ones."""
    signal.signal(signal.SIGPROF, too_long)
    names = modules()
    ours = {pattern: (name, key) for name in names for key, pattern in patterns(name)}
    own = {name: methods(name) for name in names}
    used: dict[str, set[str]] = {}  # of a pattern that its own module does not call, by anyone
    for called in own.values():
        for key, each in called.items():
            used.setdefault(key, set()).update(each)
    slow: dict[str, list[str]] = {}
    for pattern, (name, key) in ours.items():
        called_by = ANCHORED if key in MATCHED else own[name].get(key) or used.get(key, set())
        anchored = bool(called_by) and called_by <= ANCHORED
        for piece in PIECES:
            if is_slow(pattern, (piece * (LENGTH // len(piece) + 1))[:LENGTH], anchored=anchored):
                slow.setdefault(f"{name}.{key}", []).append(piece)
    print(json.dumps({"patterns": len(ours), "slow": slow}))


if __name__ == "__main__":
    main()
