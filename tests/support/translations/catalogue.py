"""The catalogue of translations: every message of the code, by the key that `crawler.translation` looks up.

`python -m tests.support.translations.catalogue` adds new messages to the .po files, removes old ones, and compiles the
.mo files. tests/commands/test_translation.py fails while it has something to do.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from crawler import translation
from crawler.cli import app
from crawler.commands.command_groups import GROUPS
from crawler.commands.command_table import COMMANDS, load
from crawler.commands.translated_help import paragraphs
from crawler.doctor.diagnosis import State
from crawler.health.rules import Verdict
from storage.records import Reason
from tests.support.source_tree import ROOT

DAY = datetime(2026, 11, 28, tzinfo=UTC)  # in the compiled files, which would else change each time
# Lines of the header that would change by themselves, or that nobody fills in.
NOBODYS = (b"-Date: ", b"Generated-By", b"@", b"ORGANIZATION", b"VERSION")
ASGI = ("web/access.py", "web/captured/**")  # its messages are no texts
# The functions that take a message, in each folder of the source.
KEYWORDS = {
    "crawler": {"_": None, "message": None, "counted": (1, 1), "count_message": (1, 1)},
    "storage": {"message": None, "count_message": (1, 1)},
}
# Typer's own words, which no file of ours has.
TYPERS = (
    "Usage: ",
    "Options",
    "Arguments",
    "Commands",
    "Show this message and exit.",
    "required",
    "default",
    "env var",
)
# Reasons of the system, as errors give them behind their own words.
SYSTEMS = (
    "Address already in use",
    "Cannot assign requested address",
    "Connection refused",
    "Connection reset by peer",
    "Connection timed out",
    "Device or resource busy",
    "Directory not empty",
    "Disk quota exceeded",
    "File exists",
    "File name too long",
    "Input/output error",
    "Is a directory",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Operation not permitted",
    "Permission denied",
    "Read-only file system",
    "Too many open files",
)
# Words that rows and records hold, and that are shown as they are: statuses, kinds, events, parts of an article, checks.
WORDS = """
done unhealthy failed interrupted skipped running · crawl import rebuild save · gone back parted moved partial whole live removed missing ·
title subtitle text · killed · versions limits contact network sites database folder disk locks clock · reserved copy
quality · author tag month · new edited restored · dead draining alive waiting due late · Mon Tue Wed Thu Fri Sat Sun ·
authors section categories tags image agency language description modified_at published_at canonical_url · database
value file row bytes damage version label index copies orphan torn merge merged · changed dropped moved back-dated seal
timestamp renamed late · wholly partly template none · headline date
""".replace("·", "").split()


def catalogue_file(language: str, ending: str) -> Path:
    return translation.FOLDER / language / "LC_MESSAGES" / f"warraq.{ending}"


def helps() -> Iterator[str]:
    """The paragraphs of every command's help, and the help of every option."""
    yield from (*GROUPS, "Further")
    yield from _helps_of(typer.main.get_command(app))
    for name in COMMANDS:
        yield from _helps_of(load(name))


def _helps_of(command: Any) -> Iterator[str]:
    yield from (each for each in paragraphs(command.help or "") if is_prose(each))
    yield from (each.help for each in command.params if getattr(each, "help", None))
    for each in getattr(command, "commands", {}).values():
        yield from _helps_of(each)


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is no example of a call."""
    return bool(paragraph) and not paragraph.startswith(" ")


def words() -> Iterator[str]:
    yield from (
        *TYPERS,
        *SYSTEMS,
        *WORDS,
        "time zones",
        "no row",
        "no timestamp",
        *Reason,
        *get_args(State),
        *get_args(Verdict),
    )


def messages() -> set[str | tuple[str, str]]:
    """Every message; a pair where its form depends on a number."""
    every: set[str | tuple[str, str]] = {*helps(), *map(str, words())}
    for folder, keywords in KEYWORDS.items():
        methods = [*((file, "ignore") for file in ASGI), ("**.py", "python")]
        for _, _, text, _, _ in extract_from_dir(str(ROOT / folder), methods, keywords=keywords):
            every.add(text)
    return every


def updated(language: str) -> Catalog:
    """The catalogue with today's messages: its translations of those that it has, "" for new ones."""
    old, new = (
        read(language),
        Catalog(language, project="warraq", charset="utf-8", header_comment=f"# Messages of Warraq: {language}."),
    )
    new.fuzzy = False
    for text in messages():
        known = old.get(text[0] if isinstance(text, tuple) else text)
        string = known.string if known is not None and known.pluralizable == isinstance(text, tuple) else ""
        new.add(text, string)
    return new


def read(language: str) -> Catalog:
    path = catalogue_file(language, "po")
    with io.BytesIO(path.read_bytes() if path.exists() else b"") as file:
        catalogue = read_po(file, locale=language)
    catalogue.creation_date = catalogue.revision_date = DAY
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    with io.BytesIO() as file:
        write_po(file, catalogue, width=120, omit_header=False, sort_output=True)
        header, _, rest = file.getvalue().partition(b"\n\n")
    lines = [line for line in header.split(b"\n") if not any(mark in line for mark in NOBODYS)]
    return b"\n".join(lines) + b"\n\n" + rest


def as_mo(catalogue: Catalog) -> bytes:
    with io.BytesIO() as file:
        write_mo(file, catalogue)
        return file.getvalue()


def untranslated(catalogue: Catalog) -> list[Any]:
    return [each.id for each in catalogue if each.id and not (each.string and all(_forms(each.string)))]


def _forms(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    for language in translation.LANGUAGES:
        catalogue = updated(language)
        catalogue_file(language, "po").parent.mkdir(parents=True, exist_ok=True)
        catalogue_file(language, "po").write_bytes(as_po(catalogue))
        catalogue_file(language, "mo").write_bytes(as_mo(read(language)))
        print(f"{language}: {len(catalogue)} messages, {len(untranslated(catalogue))} without a translation")
