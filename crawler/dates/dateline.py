"""Recognise datelines: lines that state only when a page was published, and are no part of its text."""

import re

from crawler.dates.tokens import read_line, shortened
from crawler.html.spelling import date_letters

LONGEST = 70  # letters
_DAY = re.compile(r"d.*y|y.*d|i|r.{0,4}[dubv]|k")  # a day and a year, an ISO date, "منذ …" or "أمس"
_RELATIVE = re.compile("منذ|قبل|مضت|أمس|امس|البارحة|اليوم")
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·،,–—]\s*|(?<!\s)\s+[-/]\s+")
_MOST_WORDS = 4  # most words beside a date: an author, an agency, "المشاهدات"; a sentence has more


def is_label(line: str) -> bool:
    """Whether a line with a date has few other words and no full stop, so that it is no sentence."""
    line = line.strip()
    return not line.endswith(".") and read_line(date_letters(shortened(line)).strip()).kinds.count("x") <= _MOST_WORDS


def is_dateline(line: str) -> bool:
    """Whether a mended line consists of a date, possibly with its labels, weekday and time."""
    if len(line) > LONGEST or not (any(letter.isdigit() for letter in line) or _RELATIVE.search(line)):
        return False
    kinds = read_line(date_letters(shortened(line)).strip()).kinds
    return "x" not in kinds and _DAY.search(kinds) is not None


def is_relative(line: str) -> bool:
    """Whether a line, or one of its fields, is a relative date: "قبل 3 أيام", "سالم علي | أمس"."""
    return _RELATIVE.search(line) is not None and any(map(is_dateline, _PARTS.split(line[: 2 * LONGEST])))
