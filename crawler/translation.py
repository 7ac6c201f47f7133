"""Translation of messages: the code holds them in English; `WARRAQ_LANG=ar` shows them in Arabic.

A message is translated when it is shown. Stored, logged and JSON messages stay English: a `Message` (storage.messages)
is its English text together with the template that it was made from.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any, TextIO

from storage.messages import Message

VARIABLE = "WARRAQ_LANG"
FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("ar",)

# Unicode isolates, their end, and a direction mark. A terminal lays out every line from left to right. Without these
# characters, a line with Arabic and Latin words has its parts in the wrong order, and in Arabic text 2026-11-28 is
# shown as 28-11-2026, /srv as srv/.
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _END, _MARK = "\u2067", "\u2066", "\u2069", "\u200e"
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[!-~ ]+")
_STARTS, _ENDS = re.compile("[A-Za-z0-9/~$`-]"), re.compile("[A-Za-z0-9/`%]")  # first and last letters of Latin text

_switched_off = 0


def language() -> str | None:
    """The language that WARRAQ_LANG names ("ar", "ar_EG.UTF-8"); None for English and languages without a catalogue."""
    name = os.environ.get(VARIABLE, "")[:2].lower()
    return name if name in LANGUAGES and not _switched_off else None


@contextmanager
def in_english() -> Iterator[None]:
    """Keep messages in English during the block: for logs and programs."""
    global _switched_off  # noqa: PLW0603
    _switched_off += 1
    try:
        yield
    finally:
        _switched_off -= 1


def _(text: str) -> str:
    """The text in the user's language; unchanged if it has no translation."""
    name = language()
    if name is None:
        return text
    if isinstance(text, Message):
        shown = {key: _shown(text.template, key, value) for key, value in text.values.items()}
        catalogue, template, number = _catalogue(name), text.template, text.number
        translated = catalogue.gettext(template) if number is None else catalogue.ngettext(template, template, number)
        return translated.format(**shown) if shown else translated
    return _catalogue(name).gettext(text) if text else text


def _shown(template: str, key: str, value: Any) -> Any:
    """The value in the user's language, unless the template asks for it unchanged ("{name!s}")."""
    return _(value) if isinstance(value, str) and f"{{{key}!" not in template else value


def counted(template: str, n: int, **values: Any) -> str:
    """Format a text with the number n in it, as "{n:,} articles", in the plural form of the user's language."""
    name = language()
    if name is not None:
        template = _catalogue(name).ngettext(template, template, n)
    return template.format(n=n, **values)


def terminal_line(text: str, stream: TextIO | None = None) -> str:
    """An Arabic line, marked to be laid out from right to left on a terminal; other texts unchanged.

    stream: where it will be written; None: stdout.
    """
    if language() is None or not (stream or sys.stdout).isatty() or not _ARABIC.search(text):
        return text
    isolated = _LATIN.sub(lambda match: _isolated(match[0]), text)
    return f"{_RIGHT_TO_LEFT}{isolated}{_END}"


def _isolated(run: str) -> str:
    """A run of ASCII with its Latin part isolated; the punctuation around it stays with the Arabic text."""
    start = next((place for place, letter in enumerate(run) if _STARTS.match(letter)), len(run))
    end = next((place for place in range(len(run), start, -1) if _ENDS.match(run[place - 1])), start)
    if run[end : end + 1] == "]" and run.count("[", start, end) > run.count("]", start, end):  # usage: "[ARGS]..."
        end += 4 if run.startswith("]...", end) else 1
    return f"{run[:start]}{_LEFT_TO_RIGHT}{run[start:end]}{_END}{run[end:]}" if end > start else run


def terminal_cell(text: str) -> str:
    """An Arabic table cell with direction marks for a terminal: without them, adjacent cells would change places."""
    if language() is None or not sys.stdout.isatty() or not _ARABIC.search(text):
        return text
    return f"{_MARK}{text}{_MARK}"


def padded(text: str, width: int) -> str:
    """The text as a cell, padded with blanks. width: in letters; the text must have no diacritics."""
    return terminal_cell(text) + " " * (width - len(text))


@cache
def _catalogue(name: str) -> GNUTranslations:
    with (FOLDER / name / "LC_MESSAGES" / "warraq.mo").open("rb") as file:
        return GNUTranslations(file)
