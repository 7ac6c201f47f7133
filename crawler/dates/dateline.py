"""Datelines: lines that say when a page was published and nothing else. They are no part of a text."""

import re

from crawler.dates.tokens import read_line, shortened
from crawler.html.spelling import date_letters

LONGEST = 70  # letters
_DAY = re.compile(r"d.*y|y.*d|i|r.{0,4}[dubv]|k")  # a day and a year, an ISO date, "منذ …" or "أمس"
_RELATIVE = re.compile("منذ|قبل|مضت|أمس|امس|البارحة|اليوم")
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·،,–—]\s*|(?<!\s)\s+[-/]\s+")
_MOST_WORDS = 4  # beside a date: a writer, an agency, "المشاهدات"; a sentence has more


def is_label(line: str) -> bool:
    """Whether a line with a date is a label of the page and no sentence about a day."""
    line = line.strip()
    return not line.endswith(".") and read_line(date_letters(shortened(line)).strip()).kinds.count("x") <= _MOST_WORDS


def is_dateline(line: str) -> bool:
    """Whether a mended line is a date with its labels, weekday and time, and has no other word."""
    if len(line) > LONGEST or not (any(letter.isdigit() for letter in line) or _RELATIVE.search(line)):
        return False
    kinds = read_line(date_letters(shortened(line)).strip()).kinds
    return "x" not in kinds and _DAY.search(kinds) is not None


def is_relative(line: str) -> bool:
    """Whether a label of the page, or a part of it, is a relative date: "قبل 3 أيام", "سالم علي | أمس"."""
    return _RELATIVE.search(line) is not None and any(map(is_dateline, _PARTS.split(line[: 2 * LONGEST])))
