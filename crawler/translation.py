"""Messages in the user's language. The code says them in English; `WARRAQ_LANG=ar` shows them in Arabic.

A message is looked up when it is shown. What is stored, logged or given as JSON stays English: a `Message`
(storage.messages) is its English text, and knows from which template it was made.
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

# Isolates, their end, and a mark. Without them a terminal, which lays out every line from left to right, shows the
# parts of a line with Arabic and Latin words in the wrong order; and in Arabic 2026-11-28 as 28-11-2026, /srv as srv/.
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _END, _MARK = "\u2067", "\u2066", "\u2069", "\u200e"
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[!-~ ]+")
_STARTS, _ENDS = re.compile("[A-Za-z0-9/~$`-]"), re.compile("[A-Za-z0-9/`%]")  # of Latin text, without punctuation

_switched_off = 0


def language() -> str | None:
    """The language that WARRAQ_LANG names ("ar", "ar_EG.UTF-8"), of those that there are; None for English."""
    name = os.environ.get(VARIABLE, "")[:2].lower()
    return name if name in LANGUAGES and not _switched_off else None


@contextmanager
def in_english() -> Iterator[None]:
    """While the block runs, messages stay English: for logs and programs."""
    global _switched_off  # noqa: PLW0603
    _switched_off += 1
    try:
        yield
    finally:
        _switched_off -= 1


def _(text: str) -> str:
    """The text in the user's language; as it is where it has no translation."""
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
    """The value in the user's language, unless the template has it as it is."""
    return _(value) if isinstance(value, str) and f"{{{key}!" not in template else value


def counted(template: str, n: int, **values: Any) -> str:
    """The text with the number n in it, as "{n:,} articles"; other languages have a form for each kind of number."""
    name = language()
    if name is not None:
        template = _catalogue(name).ngettext(template, template, n)
    return template.format(n=n, **values)


def terminal_line(text: str, stream: TextIO | None = None) -> str:
    """An Arabic line as a terminal needs it, which is laid out from right to left; other texts as they are.

    stream: to which it will be written; None: stdout.
    """
    if language() is None or not (stream or sys.stdout).isatty() or not _ARABIC.search(text):
        return text
    isolated = _LATIN.sub(lambda match: _isolated(match[0]), text)
    return f"{_RIGHT_TO_LEFT}{isolated}{_END}"


def _isolated(run: str) -> str:
    """A run of ASCII with its Latin part isolated; the punctuation around that stays with the Arabic text."""
    start = next((place for place, letter in enumerate(run) if _STARTS.match(letter)), len(run))
    end = next((place for place in range(len(run), start, -1) if _ENDS.match(run[place - 1])), start)
    if run[end : end + 1] == "]" and run.count("[", start, end) > run.count("]", start, end):  # of a call: "[ARGS]..."
        end += 4 if run.startswith("]...", end) else 1
    return f"{run[:start]}{_LEFT_TO_RIGHT}{run[start:end]}{_END}{run[end:]}" if end > start else run


def terminal_cell(text: str) -> str:
    """An Arabic cell of a table for a terminal: without the marks, cells side by side would change places."""
    if language() is None or not sys.stdout.isatty() or not _ARABIC.search(text):
        return text
    return f"{_MARK}{text}{_MARK}"


def padded(text: str, width: int) -> str:
    """The text as a cell with blanks behind it. width: in letters of the text, which has no diacritics."""
    return terminal_cell(text) + " " * (width - len(text))


@cache
def _catalogue(name: str) -> GNUTranslations:
    with (FOLDER / name / "LC_MESSAGES" / "warraq.mo").open("rb") as file:
        return GNUTranslations(file)
