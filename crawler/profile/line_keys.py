"""Keys of lines: what two lines of a site have in common that differ in a number alone."""

import re

from crawler.html.spelling import comparable_line

_NUMBER = re.compile(r"\d+(?:[.,:/\u060c\u066b\u066c-]\d+)*")  # Arabic separators, too
_LONGEST = 600  # letters


def line_key(text: str) -> str:
    """A line in plain letters with "0" for each number; "قرأ 1,024" and "قرأ 77" are the same line of a site."""
    return _NUMBER.sub("0", comparable_line(text[:_LONGEST]))
