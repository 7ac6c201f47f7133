"""Extract an article from a page's plain text, in which category names may be glued together and furniture remains."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from crawler.dates.parser import ParsedDate, parse_date
from crawler.extract.body import boilerplate
from crawler.extract.fields.bylines import read_byline, read_source
from crawler.extract.fields.sections import is_section, split_glued
from crawler.extract.fields.vocabulary import vocabulary
from crawler.extract.refusals import reasons
from crawler.extract.refusals.soft_404 import is_soft_404
from crawler.html import characters
from crawler.html.home_words import begins_breadcrumb
from crawler.html.spelling import comparable
from crawler.site import Site
from storage.records import Article, Extraction, Reason
from storage.urls import clean_url

EXTRACTOR = "warraq-text 4"
_END = re.compile(r"[.!؟?…»\"”)\]:]\s*$")
# "0 1,234 دقيقة واحدة": comments, views and reading time, as themes print them beside the author.
_COUNTS = re.compile(
    r"^[\d٠-٩٬,.\s]*(?:أقل من (?:[\d٠-٩]+ )?)?"
    r"(?:دقيقة|دقيقتان|دقيقتين|دقائق|ساعة|ساعات|مشاهدة|مشاهدات|زيارة|قراءة|تعليق|تعليقات)"
    r"(?: (?:واحدة|للقراءة|قراءة|من القراءة))?$|^[\d٠-٩٬,.\s]+$"
)
_DATED = re.compile(r"[0-9٠-٩۰-۹]|منذ|اليوم|أمس")
LONGEST_HEADLINE = 300
LONGEST_MENU = 12  # most lines before the headline that may be category names


@dataclass(slots=True)
class _PageParts:
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    agency: str | None = None
    published: ParsedDate | None = None
    published_raw: str | None = None
    paragraphs: list[str] = field(default_factory=list)


def extract_text(text: str, *, site: Site, url: str, now: datetime) -> Extraction:
    """Extract the article from a page's text with one paragraph or label per line; blank lines are ignored.

    url: the page's URL. now: aware, as for `extract`. Fields that the text does not state are absent.
    """
    lines = [line for raw in characters.repair(text).splitlines() if (line := characters.line(raw))]
    parts = _PageParts()
    start = _head(lines, parts)
    title = lines[start] if start < len(lines) and len(lines[start]) <= LONGEST_HEADLINE else None
    _rest(lines[start + 1 :] if title else lines[start:], parts, title, site, now)
    evidence = {"text": "flattened page", "title": "first line that is no category"} if title else {}
    body = "\n\n".join(parts.paragraphs)
    if title and is_soft_404(title, body, declared=parts.published is not None):
        return Extraction(reason=Reason.SOFT_404, evidence=evidence)
    if not body:
        return Extraction(reason=Reason.EMPTY, evidence=evidence)
    if reasons.language_of(body) != "ar":
        return Extraction(reason=Reason.NOT_ARABIC, evidence=evidence)
    if title is None:
        return Extraction(reason=Reason.UNTITLED, evidence=evidence)
    if parts.categories:
        evidence["categories"] = "names before the headline"
    if parts.published:
        evidence["published_at"] = "line beside the headline"
    article = Article(
        url=clean_url(url),
        site=site.name,
        title=title,
        text=body,
        authors=tuple(dict.fromkeys(parts.authors)),
        agency=parts.agency,
        section=parts.categories[0] if parts.categories else None,
        categories=tuple(parts.categories),
        tags=tuple(parts.tags),
        published_at=parts.published.value if parts.published else None,
        published_raw=parts.published_raw,
        published_precision=parts.published.precision if parts.published else None,
        published_source="visible" if parts.published else None,
        language="ar",
        extractor=EXTRACTOR,
    )
    return Extraction(article, evidence=evidence)


def _head(lines: list[str], parts: _PageParts) -> int:
    """The index of the headline's line. Category names before it are stored, furniture is skipped."""
    for place, line in enumerate(lines):
        if boilerplate.kind_of(line):
            continue
        names = split_glued(line)
        if place < LONGEST_MENU and (all(map(is_section, names)) or _labels_next(lines, place, names)):
            parts.categories += [name for name in names if name not in parts.categories]
            continue
        if _is_button(lines, place) or begins_breadcrumb(line):
            continue
        return place
    return len(lines)


def _is_button(lines: list[str], place: int) -> bool:
    """Whether a line of one or two words belongs to a menu: a headline of several words follows soon."""
    if len(lines[place].split()) > 2:
        return False
    following = lines[place + 1 : place + LONGEST_MENU]
    return any(len(line.split()) >= 4 and not line.endswith(".") for line in following[:-1])


def _labels_next(lines: list[str], place: int, names: list[str]) -> bool:
    """Whether an unknown short line is a label: a headline and then a paragraph follow it."""
    if place > 2 or place + 2 >= len(lines) or len(lines[place].split()) > 3 or _END.search(lines[place]):
        return False
    if len(names) > 1 and any(map(is_section, names)):
        return True
    headline, paragraph = lines[place + 1], lines[place + 2]
    return 5 <= len(headline.split()) <= 40 and not headline.endswith(".") and len(paragraph) > 200


def _rest(lines: list[str], parts: _PageParts, title: str | None, site: Site, now: datetime) -> None:
    """Sort the lines after the headline into paragraphs, tags, credits and boilerplate."""
    heading = comparable(title or "")
    pointing = tagging = False
    for place, line in enumerate(lines):
        if comparable(line) in vocabulary("tags"):
            tagging, pointing = True, False
            continue
        if _COUNTS.match(line) or comparable(line) in vocabulary("network"):
            continue
        kind = boilerplate.kind_of(line)
        if kind in ("comment-form", "newsletter") and parts.paragraphs:
            break
        if kind:
            # After "related articles", lines that are no sentences are headlines of other articles.
            tagging, pointing = False, pointing or kind in ("related", "read-also", "nav")
            continue
        sentence = bool(_END.search(line)) or len(line) > 140
        if (pointing or tagging) and not sentence:
            if tagging:
                parts.tags.append(line)
            continue
        pointing = tagging = False
        at_edge = place < 3 or place >= len(lines) - 6
        if comparable(line) != heading and not _is_credit(line, parts, site, now, at_edge):
            parts.paragraphs.append(line)


def _is_credit(line: str, parts: _PageParts, site: Site, now: datetime, at_edge: bool) -> bool:
    """Whether the line only names the author, the source or the date; stores these in `parts`."""
    if len(line) > 90:
        return False
    source = read_source(line)
    authors = read_byline(line) if at_edge else []
    parts.authors += authors
    parts.agency = parts.agency or source
    if authors or source:
        return True
    if not at_edge or parts.paragraphs or len(line) > 60 or not _DATED.search(line):
        return False
    published = parse_date(line, now=now, timezone=site.timezone, country=site.country)
    if published is None or parts.published is not None:
        return published is not None
    parts.published, parts.published_raw = published, line
    return True
