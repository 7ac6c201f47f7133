"""Reading a page: a pure function of stored bytes, without network, database or clock."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from crawler.extract.body.body_text import read_body
from crawler.extract.body.candidates import locate
from crawler.extract.body.lines import Known
from crawler.extract.fields.canonical_url import read_url
from crawler.extract.fields.headline import read_headline
from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.fields.reservations import read_reservations
from crawler.extract.refusals import reasons
from crawler.extract.refusals.static_pages import is_static
from crawler.html.document import decode, parse
from crawler.html.page import Page, open_page
from crawler.site import Site
from storage.records import Article, Capture, Extraction, Reason

# Paragraphs, lines, boxes and cells of one page. The largest real page has 2,500 elements; 100,000 paragraphs are
# twenty novels, and took more than the two seconds that a page may take.
MOST_BLOCKS = 50_000
_BLOCKS = ("p", "br", "div", "li", "td", "tr", "dd", "blockquote", "h2", "h3")

EXTRACTOR = "warraq 4"  # raised whenever the same bytes give other fields or text


def extract(
    capture: Capture,
    site: Site,
    *,
    now: datetime | None = None,
    relative_dates: bool = True,
    learned: frozenset[str] = frozenset(),
) -> Extraction:
    """Read the article of one captured page, or say why there is none.

    now: aware; relative dates ("منذ ساعتين") count back from it, later ones are refused. Default: when the capture
    was fetched. relative_dates: False for a page that was fetched nobody knows when: such dates are None then.
    learned: folded lines that the site prints around its articles, from `learned.learn`; they are no text. Never
    raises on a page's content, however broken; one page gives at most one article.
    """
    reason = reasons.reason_of_answer(capture)
    if reason:
        return Extraction(reason=reason, evidence={"status": str(capture.status)})
    decoded = decode(capture.body, capture.header("Content-Type"))
    evidence = {"encoding": f"{decoded.encoding}: {decoded.because}"}
    tree = parse(decoded.text)
    if tree is None:
        return Extraction(reason=Reason.EMPTY, evidence=evidence)
    if next(islice(tree.iter(*_BLOCKS), MOST_BLOCKS, None), None) is not None:
        return Extraction(reason=Reason.TOO_LARGE, evidence={**evidence, "size": f"more than {MOST_BLOCKS:,} blocks"})
    page = open_page(tree, decoded.text, capture.url, site, relative_dates=relative_dates)
    evidence["theme"] = page.theme or "none recognised"
    reason = reasons.reason_of_page(page, decoded.text)
    if reason:
        return Extraction(reason=reason, evidence=evidence)
    return _reserved(_read(page, now or capture.fetched_at, evidence, learned), capture, page)


def _reserved(reading: Extraction, capture: Capture, page: Page) -> Extraction:
    asked = read_reservations(capture.headers, page.metas)
    if not asked or not reading.articles:
        return reading
    articles = tuple(replace(article, reservations=asked) for article in reading.articles)
    return replace(
        reading, articles=articles, evidence={**reading.evidence, "reservations": "headers and meta elements"}
    )


def _read(page: Page, now: datetime, evidence: dict[str, str], learned: frozenset[str]) -> Extraction:
    url, evidence["url"] = read_url(page)
    headline = read_headline(page)
    title = headline.text if headline else None
    if headline and headline.element is not None:
        page = replace(page, around=frozenset(headline.element.iterancestors()))
    places = locate(page.names, page.selectors, headline.element if headline else None)
    found = read_metadata(page, now, headline, places[0].parts[0] if places else None)
    evidence |= found.evidence
    body = read_body(page, places, Known(title, page.site_names, learned))
    text = "\n\n".join(body.paragraphs) if body else None
    reason = reasons.reason_of_text(page, title, text)
    if reason is None and title is not None and is_static(page, title, found):
        reason = Reason.STATIC
    if reason or body is None or title is None or text is None:
        return Extraction(reason=reason or Reason.EMPTY, evidence=evidence)
    evidence["text"] = body.source
    if body.learned:
        evidence["text"] += f"; without {len(body.learned)} lines that the site prints around its articles"
    article = _article(page, found, url=url, title=title, text=text)
    article = replace(article, extractor=_reader(learned))
    if not article.authors and body.authors:
        article = replace(article, authors=tuple(dict.fromkeys(body.authors)))
        evidence["authors"] = "byline in the text"
    if not article.agency and body.agency:
        article = replace(article, agency=body.agency)
        evidence["agency"] = "source line in the text"
    return Extraction(articles=(article,), evidence=evidence)


@lru_cache(maxsize=256)
def _reader(learned: frozenset[str]) -> str:
    """The extractor's name, with what it knew of the site: with other lines it may read the same bytes otherwise."""
    if not learned:
        return EXTRACTOR
    return f"{EXTRACTOR} {sha256(chr(10).join(sorted(learned)).encode('utf-8', 'replace')).hexdigest()[:8]}"


def _article(page: Page, found: Metadata, *, url: str, title: str, text: str) -> Article:
    published = found.published
    return Article(
        url=url,
        site=page.site.name,
        title=title,
        text=text,
        subtitle=found.subtitle,
        authors=found.authors,
        agency=found.agency,
        section=found.labels.section,
        categories=found.labels.categories,
        tags=found.labels.tags,
        published_at=published.value if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        published_source=published.source if published else None,
        modified_at=found.modified_at,
        language="ar",
        description=found.description,
        image=found.image,
        extractor=EXTRACTOR,
    )
