"""Counters: lines in which a site counts readers or comments. A higher count is no edit.

A line is a counter if it is short and no sentence, is at an end of the text, and occurs in half of the site's other
articles with other numbers; and if the two texts differ in its numbers only, none of which is lower. A figure in a line
of one article only is news, and so are the figures in a list of prices or results.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from storage.db.schema import articles

_NUMBER = re.compile(r"\d+(?:[.,٬٫]\d+)*")
_SENTENCE = re.compile(r"[.!?؟…:؛]\s*$")
_LONGEST = 6  # words
_AT_ENDS = 2  # lines at the beginning or the end
_LIST = 4  # from so many such lines on, a text is a list of prices or results
_MOST = 20  # other articles that are compared


def counts_alone(connection: Connection, shown: Mapping[Any, Any], held: Mapping[Any, Any]) -> bool:
    """Whether two states of an article differ in counters only. shown, held: title, text; held also: site and id."""
    if " ".join(shown["title"].split()) != " ".join(held["title"].split()):
        return False
    lines = may_count(shown["text"], held["text"])
    if not lines:
        return False
    others = select(articles.c.text).where(articles.c.site == held["site"], articles.c.status != "removed")
    others = others.where(articles.c.id != held["id"]).order_by(articles.c.id.desc()).limit(_MOST)
    masked = [set(map(_masked, text.split("\n\n"))) for text in connection.scalars(others)]
    return bool(masked) and all(2 * sum(line in each for each in masked) >= len(masked) for line in lines)


def may_count(text: str, stored: str) -> set[str]:
    """The lines in which two texts differ, with masked numbers; empty if other things than counters differ.

    text: the later text.
    """
    new, old = text.split("\n\n"), stored.split("\n\n")
    if len(new) != len(old):
        return set()
    places = [place for place, one in enumerate(new) if one.split() != old[place].split()]
    differing = [(new[place], old[place]) for place in places]
    inner = range(_AT_ENDS, len(new) - _AT_ENDS)
    if (
        any(place in inner for place in places)
        or sum(_is_label(each) and "#" in _masked(each) for each in new) >= _LIST
    ):
        return set()
    if any(not _is_label(one) or not _counts_up(other, one) for one, other in differing):
        return set()
    return {_masked(one) for one, _ in differing}


def _masked(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.split()))


def _counts_up(before: str, after: str) -> bool:
    if _masked(before) != _masked(after):
        return False
    old, new = ([int(re.sub(r"\D", "", each)) for each in _NUMBER.findall(line)] for line in (before, after))
    return all(one <= other for one, other in zip(old, new, strict=True))


def _is_label(line: str) -> bool:
    return len(line.split()) <= _LONGEST and not _SENTENCE.search(line)
