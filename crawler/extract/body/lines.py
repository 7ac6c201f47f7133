"""Which lines of an element are the article's: what points elsewhere, invites, or names the writer is taken out."""

import re
from dataclasses import dataclass, field

from crawler.dates.dateline import is_stamp
from crawler.extract.body import boilerplate
from crawler.extract.body.candidates import LEAST
from crawler.extract.fields.bylines import is_own_source, read_byline, read_source
from crawler.html import characters as cleaning
from crawler.html.blocks import TextBlock

_COMMENTING = re.compile("مراجعة التعليقات|نشر التعليقات|كتابة التعليقات|التعليقات المنشورة|تعليقاتكم|تعليقك")

# The time of a live blog's entry, alone.
_CLOCK = re.compile(r"[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?\s?(?:ت ?م|ص|م|AM|PM)?(?: ?جمت)?", re.I)
_ENDED = re.compile(r"^[\W_]*(?:انتهى|انتهـى)[\W_]*$")  # what agencies print under a text, before its number and time
_AFTER_END = 30  # letters; what follows it is no longer
_FOLLOWING = 4  # lines
# Paragraphs that are judged, half at either end; no newspaper prints as many, and those between them are kept unread.
_MOST_JUDGED = 10_000
_RULES = "ـ_-–—=* "  # a line of these is drawn, not written
_GUESSES = ("heaviest", "trafilatura")  # sources whose element may hold what stands around the text
_LABEL = 60  # letters


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article, and what its lines say beside them. source: where it was found, for people."""

    paragraphs: tuple[str, ...]
    source: str
    authors: tuple[str, ...] = ()
    agency: str | None = None
    learned: tuple[str, ...] = ()  # folded lines of the site that were left out, in order

    @property
    def letters(self) -> int:
        """Its length, without what parts the paragraphs."""
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page before its lines are judged.

    title: the headline, whose copy in the body is left out. names: of the site, comparable. learned: folded lines that
    recur on the site.
    """

    title: str | None = None
    names: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Lines:
    kept: list[TextBlock] = field(default_factory=list)
    letters: int = 0
    authors: list[str] = field(default_factory=list)
    agency: str | None = None


def keep(lines: list[TextBlock], source: str, known: Known) -> Body | None:
    """The lines that are the article's; None when less than a short sentence is left."""
    total = sum(len(line.text) for line in lines)
    unlinked = sum(len(line.text) for line in lines if line.linked < 0.9)
    found = _Lines()
    heading = cleaning.comparable(known.title) if known.title else None
    guessed = source.startswith(_GUESSES)
    for place, line in enumerate(lines):
        if _MOST_JUDGED // 2 <= place < len(lines) - _MOST_JUDGED // 2:
            found.kept.append(line)
            found.letters += len(line.text)
            continue
        kind = boilerplate.kind_of(line.text, linked=line.linked)
        if kind == "comment-form" and found.letters * 2 > total:
            # What invites to comment stands right before the form: rules for commenters, not the article's end.
            while len(found.kept) > 1 and _COMMENTING.search(found.kept[-1].text):
                found.kept.pop()
            break
        if _ENDED.match(line.text) and all(len(each.text) <= _AFTER_END for each in lines[place : place + 6]):
            if len(lines) - place <= _FOLLOWING:
                break
            continue
        if kind == "credit" and _is_edge(place, len(lines)):
            found.agency = found.agency or read_source(line.text)
        # A paragraph that is nothing but a link points to another page.
        if (
            kind
            or not line.text.strip(_RULES)
            or (line.linked >= 0.9 and unlinked >= LEAST)
            or _CLOCK.fullmatch(line.text)
        ):
            continue
        if heading and len(line.text) < 3 * len(heading) + 30 and cleaning.comparable(line.text) == heading:
            continue
        if not found.kept and (is_stamp(line.text) or (guessed and _is_item(line))):
            continue
        if not (_is_edge(place, len(lines)) and _read_credit(line.text, found, known.names)):
            found.kept.append(line)
            found.letters += len(line.text)
    left_out = _trim(found.kept, known.learned)
    paragraphs = tuple(line.text for line in found.kept)
    if sum(map(len, paragraphs)) < LEAST // 2:
        return None
    return Body(paragraphs, source, tuple(found.authors), found.agency, tuple(left_out))


def _trim(kept: list[TextBlock], learned: frozenset[str]) -> list[str]:
    """Take off the ends what the site prints around every article, and headings that nothing follows.

    The learned lines that were taken off, folded.
    """
    left_out: list[str] = []
    while len(kept) > 1 and (kept[-1].kind == "heading" or _is_learned(kept[-1], learned) or is_stamp(kept[-1].text)):
        line = kept.pop()
        if _is_learned(line, learned):
            left_out.append(boilerplate.fold(line.text))
    start = 0
    while start < len(kept) - 1 and _is_learned(kept[start], learned):
        left_out.append(boilerplate.fold(kept[start].text))
        start += 1
    del kept[:start]
    return left_out


def _is_learned(line: TextBlock, learned: frozenset[str]) -> bool:
    return bool(learned) and boilerplate.fold(line.text) in learned


def _is_item(line: TextBlock) -> bool:
    """A short item of a list that stands before any paragraph: a writer, a section, a count of minutes."""
    return line.kind == "li" and len(line.text) <= _LABEL and not line.text.endswith((".", "؟", "!", ":", "…"))


def _is_edge(place: int, count: int) -> bool:
    return place < 2 or place >= count - 2


def _read_credit(line: str, found: _Lines, names: frozenset[str]) -> bool:
    """Whether the line names its writer or source and nothing else; the names are kept. names: of the site."""
    if names and is_own_source(line, names):
        return True
    authors = read_byline(line)
    source = read_source(line)
    found.authors += authors
    found.agency = found.agency or source
    return bool(authors or source)
