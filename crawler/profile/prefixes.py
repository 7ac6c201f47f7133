"""Prefixes: words that a site prints before the values of a field, such as "من" or "نقلاً عن" before an author."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from crawler.html.spelling import comparable

MOST_WORDS = 3
_SHARE = 0.6  # least share of the texts that begin with a prefix
_LEAST_TEXTS = 3


def common_prefix(texts: Sequence[str]) -> str:
    """The comparable words, three at most, that most texts begin with and continue after differently; "" if none."""
    words = [comparable(text).split() for text in texts]
    prefix: list[str] = []
    while len(prefix) < MOST_WORDS and len(texts) >= _LEAST_TEXTS:
        place = len(prefix)
        following = Counter(each[place] for each in words if each[:place] == prefix and len(each) > place + 1)
        word, count = following.most_common(1)[0] if following else ("", 0)
        # The words after a prefix must differ; else the texts are one line of the site.
        rest = {tuple(each[place + 1 :]) for each in words if each[: place + 1] == [*prefix, word]}
        if count < max(_LEAST_TEXTS, _SHARE * len(texts)) or len(rest) < 2:
            break
        prefix.append(word)
    return " ".join(prefix)


def parts_beside(lines: Sequence[Sequence[Sequence[str]]]) -> frozenset[str]:
    """The comparable parts of lines that are no values: labels before values, and descriptions after them.

    lines: one line per page, divided into fields of one part or more (`crawler.extract.fields.bylines.parts_of`).
    A label begins a field and is followed by different parts on several lines. A description follows several different
    parts, and never stands alone at the beginning of a line or first in a field.
    """
    following: dict[str, set[str]] = defaultdict(set)
    preceding: dict[str, set[str]] = defaultdict(set)
    first: set[str] = set()
    counts: Counter[str] = Counter()
    for line in lines:
        for place, parts in enumerate(line):
            if not parts:
                continue
            counts.update(set(parts))
            if len(parts) > 1:
                following[parts[0]].add(parts[1])
            elif not place:
                first.add(parts[0])
            for before, part in pairwise(parts):
                preceding[part].add(before)
    labels = {part for part, rest in following.items() if counts[part] >= _LEAST_TEXTS and len(rest) >= 2}
    behind = {
        part
        for part, before in preceding.items()
        if len(before - labels) >= _LEAST_TEXTS and part not in first | set(following)
    }
    return frozenset(labels | behind)


def without_prefix(text: str, prefixes: Iterable[str]) -> str:
    """Return the text without the first of the comparable prefixes that it begins with."""
    words = text.split()
    for prefix in prefixes:
        for count in range(1, min(len(words), MOST_WORDS + 2)):
            if comparable(" ".join(words[:count])) == prefix:
                return " ".join(words[count:]).lstrip(" :-–—|")
    return text
