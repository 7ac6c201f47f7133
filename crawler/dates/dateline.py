"""Lines that say when a page was published and nothing else: no part of a text, wherever they stand before it."""

import re

from crawler.dates.tokens import read_line, shortened
from crawler.dates.words import fold

LONGEST = 70  # letters
_DAY = re.compile(r"d.*y|y.*d|i|^[^x]*r.{0,4}[dubv]")  # a day and a year, an ISO date, or "منذ …"


_MOST_WORDS = 4  # beside a date: a writer, an agency, "المشاهدات"; a sentence has more


def is_label(line: str) -> bool:
    """Whether a line with a date is a label of the page, and no sentence that tells of a day."""
    line = line.strip()
    return not line.endswith(".") and read_line(fold(shortened(line)).strip()).shape.count("x") <= _MOST_WORDS


def is_stamp(line: str) -> bool:
    """Whether a mended line is a date with its labels, weekday and time, and has no other word."""
    if len(line) > LONGEST or not any(letter.isdigit() for letter in line):
        return False
    shape = read_line(fold(shortened(line)).strip()).shape
    return "x" not in shape and _DAY.search(shape) is not None
