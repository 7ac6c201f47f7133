"""Line keys: one string for all lines of a site that differ only in numbers."""

import re

from crawler.html.spelling import comparable_line

_NUMBER = re.compile(r"\d+(?:[.,:/\u060c\u066b\u066c-]\d+)*")  # Arabic separators, too
_LONGEST = 600  # letters


def line_key(text: str) -> str:
    """The line in plain letters with "0" for each number, so that "قرأ 1,024" and "قرأ 77" have the same key."""
    return _NUMBER.sub("0", comparable_line(text[:_LONGEST]))
