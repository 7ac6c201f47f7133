"""Keep the lines of a body that are text of the article: links, boilerplate, bylines and datelines are left out."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline
from crawler.extract.body import boilerplate
from crawler.extract.body.candidates import LEAST
from crawler.extract.body.teasers import is_label, is_labelled_link
from crawler.extract.fields.bylines import is_own_source, read_byline, read_signature, read_source
from crawler.html.blocks import SENTENCE_ENDS, TextBlock
from crawler.html.spelling import comparable, comparable_line
from crawler.html.tree import content
from crawler.profile.line_keys import line_key

_COMMENTING = re.compile("مراجعة التعليقات|نشر التعليقات|كتابة التعليقات|التعليقات المنشورة|تعليقاتكم|تعليقك")

# A line that is only the time of a live blog's entry.
_CLOCK = re.compile(r"[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?\s?(?:ت ?م|ص|م|AM|PM)?(?: ?جمت)?", re.I)
_ENDED = re.compile(r"^[\W_]*(?:انتهى|انتهـى)[\W_]*$")  # agencies print it under a text, before its number and time
_AFTER_END = 30  # most letters of a line after _ENDED
_FOLLOWING = 4  # _ENDED is the end only within this many lines of the last one
# Paragraphs that are judged, half at either end. No newspaper prints as many; those between them are kept unjudged.
_MOST_JUDGED = 10_000
_RULES = "ـ_-–—=* "  # characters of which rules are drawn
GUESSES = ("heaviest", "trafilatura")  # sources whose element may include furniture around the text
_LABEL = 60  # letters
_CAPTION = 120  # letters
_SHORT = 80  # letters of an unknown line that does not stop the cut of furniture lines
_NOTE = 150  # letters of a note on the author below a text
_COUNTER = 30  # letters of a view counter beside a date
_JOINED = re.compile(r"(?<!\s)\s+و\s?|(?:(?<!\s)\s+)?[،,/|–-]\s+")  # between authors
_PARTS = re.compile(r"\s[|•·]\s")
_BULLETS = ("*", "★", "✱")
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]{2,40}(?: +[\w-]+=[^\]\s]{0,80})* */?\]")  # not replaced by the site's system


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article, and the authors and agency that lines named. source: the evidence, for people."""

    paragraphs: tuple[str, ...]
    source: str
    authors: tuple[str, ...] = ()
    agency: str | None = None
    site_lines: tuple[str, ...] = ()  # the lines of the site's profile that were left out, in order

    @property
    def letters(self) -> int:
        """The length of the text, without the blank lines between paragraphs."""
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True, slots=True)
class LineContext:
    """Facts about a page and its site that `keep` needs to judge lines.

    title: the headline, whose copy in the body is left out. site_names: comparable. site_lines: the profile's `lines`,
    left out at the ends; furniture: the profile's line keys, left out everywhere. authors: comparable names of the
    article's authors; a line that only repeats them is left out.
    """

    title: str | None = None
    site_names: frozenset[str] = frozenset()
    site_lines: frozenset[str] = frozenset()
    furniture: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Lines:
    kept: list[TextBlock] = field(default_factory=list)
    letters: int = 0
    authors: list[str] = field(default_factory=list)
    agency: str | None = None


def keep(lines: list[TextBlock], source: str, context: LineContext) -> Body | None:
    """Keep the lines that are text of the article; None when less than a short sentence is left.

    Left out are furniture lines of the profile, boilerplate, links to other pages, dates, captions, the headline's
    copy, and bylines and sources at the ends, which are read into the body's authors and agency.
    """
    lines, left_out = _without_furniture(lines, context.furniture)
    total = sum(len(line.text) for line in lines)
    unlinked = sum(len(line.text) for line in lines if line.linked < 0.9)
    chosen = _Lines()
    heading = comparable(context.title) if context.title else None
    guessed = source.startswith(GUESSES)
    for place, line in enumerate(lines):
        if _MOST_JUDGED // 2 <= place < len(lines) - _MOST_JUDGED // 2:
            chosen.kept.append(line)
            chosen.letters += len(line.text)
            continue
        kind = boilerplate.kind_of(line.text, linked=line.linked)
        if kind == "comment-form" and chosen.letters * 2 > total:
            # Rules for commenters stand right before the form and are no text.
            while len(chosen.kept) > 1 and _COMMENTING.search(chosen.kept[-1].text):
                chosen.kept.pop()
            break
        if _ENDED.match(line.text) and all(len(each.text) <= _AFTER_END for each in lines[place : place + 6]):
            if len(lines) - place <= _FOLLOWING:
                break
            continue
        if kind == "credit" and _is_edge(place, len(lines)):
            chosen.agency = chosen.agency or read_source(line.text)
        if (
            _points_elsewhere(line, unlinked, chosen)
            or kind
            or not line.text.strip(_RULES)
            or _CLOCK.fullmatch(line.text)
            or _SHORTCODE.fullmatch(line.text)
            or _is_dated(line.text)
            or _is_beside_picture(line)
        ):
            continue
        if heading and len(line.text) < 3 * len(heading) + 30 and comparable(line.text) == heading:
            continue
        if not chosen.kept and (is_dateline(line.text) or (guessed and _is_item(line))):
            continue
        if not (_is_edge(place, len(lines)) and _read_credit(line.text, chosen, context)):
            chosen.kept.append(line)
            chosen.letters += len(line.text)
    _cut_note(chosen.kept)
    left_out += _trim(chosen.kept, context.site_lines)
    paragraphs = tuple(line.text for line in chosen.kept)
    if sum(map(len, paragraphs)) < LEAST // 2:
        return None
    return Body(paragraphs, source, tuple(chosen.authors), chosen.agency, tuple(left_out))


def _points_elsewhere(line: TextBlock, unlinked: int, chosen: _Lines) -> bool:
    """Whether a line is a link to another page, alone or after a label. A label in the line before is removed."""
    if not is_labelled_link(line) and (line.linked < 0.9 or unlinked < LEAST):
        return False
    if chosen.kept and is_label(chosen.kept[-1]):
        chosen.kept.pop()
    return True


def _without_furniture(lines: list[TextBlock], furniture: frozenset[str]) -> tuple[list[TextBlock], list[str]]:
    """Divide lines into those that are no furniture, and the texts of those whose key is in `furniture`."""
    if not furniture:
        return lines, []
    own = [line_key(line.text) in furniture for line in lines]
    return (
        [line for line, is_own in zip(lines, own, strict=True) if not is_own],
        [line.text for line, is_own in zip(lines, own, strict=True) if is_own],
    )


def _trim(kept: list[TextBlock], site_lines: frozenset[str]) -> list[str]:
    """Remove the site's lines from both ends, and headings and datelines from the end. Return the site's lines."""
    return _cut(kept, site_lines, at_end=True) + _cut(kept, site_lines, at_end=False)


def _cut(kept: list[TextBlock], site_lines: frozenset[str], *, at_end: bool) -> list[str]:
    """Remove lines from one end. One short unknown line beside a line of the site is kept, without stopping the cut."""
    left_out: list[str] = []
    passed = 0
    while len(kept) > passed + 1:
        place, inner = (len(kept) - 1 - passed, len(kept) - 2 - passed) if at_end else (passed, passed + 1)
        line = kept[place]
        if _is_site_line(line, site_lines):
            left_out.append(comparable_line(line.text))
            del kept[place]
        elif at_end and not passed and (line.kind == "heading" or is_dateline(line.text)):
            del kept[place]
        elif not passed and len(line.text) <= _SHORT and _is_site_line(kept[inner], site_lines):
            passed = 1
        else:
            break
    return left_out


def _is_site_line(line: TextBlock, site_lines: frozenset[str]) -> bool:
    return bool(site_lines) and comparable_line(line.text) in site_lines


def _is_item(line: TextBlock) -> bool:
    """Whether a line is a short list item; before the first paragraph it shows a field, such as a reading time."""
    return line.kind == "li" and len(line.text) <= _LABEL and not line.text.endswith((".", "؟", "!", ":", "…"))


def is_credit(line: str, site_names: frozenset[str]) -> bool:
    """Whether a line only names an author or a source; `keep` reads such lines at either end of a text."""
    return bool(read_byline(line) or read_source(line) or read_signature(line, site_names))


def _is_beside_picture(line: TextBlock) -> bool:
    """Whether a line is a caption: short, no sentence, and in a paragraph that begins with a picture.

    In a table, the caption's cell holds only it and the picture, or is alone in the row below a picture.
    """
    if line.kind != "p" or len(line.text) > _CAPTION or line.text.endswith(SENTENCE_ENDS) or line.owner is None:
        return False
    if line.owner.tag == "td":
        return _is_in_cell_of_picture(line.owner, len(line.text))
    if line.owner.tag not in ("p", "center") or (line.owner.text or "").strip():
        return False
    first = next(line.owner.iter("img", "picture"), None)
    return first is not None and len(content(line.owner)) <= len(line.text) + _CAPTION


def _is_in_cell_of_picture(cell: HtmlElement, letters: int) -> bool:
    """Whether a cell holds only these letters, with a picture in it or in a row without text above it.

    In the latter case the cell must be alone in its row.
    """
    row = cell.getparent()
    above = row.getprevious() if row is not None and len(row) == 1 else None
    if len(content(cell)) != letters:
        return False
    if next(cell.iter("img", "picture"), None) is not None:
        return True
    return above is not None and not content(above) and next(above.iter("img", "picture"), None) is not None


def _is_dated(line: str) -> bool:
    """Whether a line is a date beside short counters: "الإثنين 16 تشرين الثاني 2026 | عدد الزوار: 4887"."""
    if len(line) > _CAPTION or len(parts := _PARTS.split(line)) < 2:
        return False
    dates = [part for part in parts if is_dateline(part)]
    return bool(dates) and all(part in dates or len(part) <= _COUNTER for part in parts)


def _cut_note(kept: list[TextBlock]) -> None:
    """Remove a note on the author at the end: a last line with a star, "* كاتب وباحث", after one without."""
    texts = [each.text for each in kept[-2:]]
    if len(texts) == 2 and [text.startswith(_BULLETS) for text in texts] == [False, True] and len(texts[1]) <= _NOTE:
        kept.pop()


def _is_edge(place: int, count: int) -> bool:
    return place < 2 or place >= count - 2


def _repeats(line: str, names: frozenset[str]) -> bool:
    """Whether a line consists only of the comparable names."""
    return len(line) <= _CAPTION and all(comparable(part) in names for part in _JOINED.split(line))


def _read_credit(line: str, chosen: _Lines, context: LineContext) -> bool:
    """Whether the line only names the author or source; stores the names in `chosen`."""
    if context.site_names and is_own_source(line, context.site_names):
        return True
    if context.authors and _repeats(line, context.authors):
        return True
    authors = read_byline(line) or read_signature(line, context.site_names)
    source = read_source(line)
    chosen.authors += authors
    chosen.agency = chosen.agency or source
    return bool(authors or source)
