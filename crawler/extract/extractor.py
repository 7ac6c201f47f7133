"""Extract one page: a pure function of stored bytes. No network, database or clock is used."""

from dataclasses import replace
from datetime import datetime
from itertools import islice

from crawler.extract.body import picture_stories
from crawler.extract.body.body_text import read_body
from crawler.extract.body.candidates import body_candidates
from crawler.extract.body.lines import Body, LineContext
from crawler.extract.fields.canonical_url import read_url
from crawler.extract.fields.headline import read_headline, without_repeated
from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.fields.printed_credits import agency_at_end, agency_of_dateline
from crawler.extract.fields.reservations import read_reservations
from crawler.extract.known_page import know
from crawler.extract.refusals import reasons
from crawler.extract.refusals.digests import is_declared, is_digest, items_of
from crawler.extract.refusals.logins import asks_for_password, is_login
from crawler.extract.refusals.static_pages import is_static
from crawler.extract.refusals.walls import is_walled
from crawler.html.decode import decode
from crawler.html.page import Page, open_page
from crawler.html.spelling import comparable
from crawler.html.tree import parse
from crawler.parts.part_links import first_part, further_parts
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from storage.records import Article, Capture, Extraction, Reason

# Most paragraphs, lines, boxes and cells of one page. The largest real page has 2,500 elements; 100,000 paragraphs
# took more than the two seconds that a page may take.
MOST_BLOCKS = 50_000
_BLOCKS = ("p", "br", "div", "li", "td", "tr", "dd", "blockquote", "h2", "h3")

EXTRACTOR = "warraq 13"  # raised whenever the same bytes give other fields or text
UNFIT = "none of the site's"  # evidence["template"] of a page that fits none of the profile's templates


def extract(
    capture: Capture,
    site: Site,
    *,
    now: datetime | None = None,
    relative_dates: bool = True,
    profile: SiteProfile = NO_PROFILE,
    part_of: str | None = None,
) -> Extraction:
    """Extract the article of one captured page, or return the reason why there is none.

    now: aware; relative dates ("منذ ساعتين") count back from it, and later dates are refused. Default: when the
    capture was fetched. relative_dates: False where the time of the fetch is unknown; relative dates are then None.
    profile: the site's learned templates, furniture lines and shared values.

    part_of: URL of the article's first page, if this is a further page of it (`join_parts`). Without it, a further page
    gives no article but Reason.PART.

    Never raises on a page's content, however broken. One page gives at most one article.
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
    picture_stories.captions_to_paragraphs(tree)
    page = open_page(tree, decoded.text, capture.url, site, relative_dates=relative_dates)
    evidence["theme"] = page.theme or "none recognised"
    reason = reasons.reason_of_page(page)
    if reason is None and part_of is None and first_part(tree, page.url):
        reason = Reason.PART
    if reason:
        return Extraction(reason=reason, evidence=evidence)
    parts = further_parts(tree, page.url, first=part_of)
    extraction = _extract_article(page, now or capture.fetched_at, evidence, profile)
    if extraction.article is not None and parts:
        extraction = replace(extraction, parts=parts, partial=True)
    reservations = read_reservations(capture.headers, page.metas)
    if extraction.article is None or not reservations:
        return extraction
    evidence["reservations"] = "headers and meta elements"
    return replace(extraction, article=replace(extraction.article, reservations=reservations))


def _extract_article(page: Page, now: datetime, evidence: dict[str, str], profile: SiteProfile) -> Extraction:
    """Extract the article of a page that passed the first checks. Reads all fields before `read_body` cuts the tree."""
    page, page_fit = know(page, profile)
    url, evidence["url"] = read_url(page)
    headline = read_headline(page)
    title = headline.text if headline else None
    if headline and headline.element is not None:
        page = replace(page, around=frozenset(headline.element.iterancestors()))
    candidates = body_candidates(page.names, page.selectors, headline.element if headline else None)
    holders = candidates[0].parts if candidates else page_fit.elements if page_fit else ()
    metadata = read_metadata(page, now, headline, next(iter(holders), None))
    evidence |= metadata.evidence
    if profile.templates:
        evidence["template"] = page_fit.template.container if page_fit else UNFIT
    authors = frozenset(map(comparable, metadata.authors))
    context = LineContext(title, page.site_names, profile.lines, profile.furniture, authors)
    # A page that fits a template counts as declared an article: templates are learned from articles only.
    declared, asks = page_fit is not None or is_declared(page, metadata), asks_for_password(page)
    items = None if declared else items_of(page.tree, title or "")
    shown = headline.element if headline else None
    walled = is_walled(page)
    body = read_body(page, candidates, context, headline=shown, page_fit=page_fit)
    if body and title:
        body = replace(body, paragraphs=without_repeated(body.paragraphs, title, page.site_names))
    text = "\n\n".join(body.paragraphs) if body else None
    reason = reasons.reason_of_text(page, title, text)
    if reason in (None, Reason.EMPTY, Reason.UNTITLED) and is_login(title, text, asks=asks, declared=declared):
        reason = Reason.LOGIN
    if reason is None and title is not None and is_static(page, title, metadata):
        reason = Reason.STATIC
    if reason is None and body is not None and items is not None and is_digest(body.paragraphs, items):
        reason, evidence["text"] = Reason.LISTING, "items of other pages; no date, writer or declaration of an article"
    if reason or body is None or title is None or text is None:
        return Extraction(reason=reason or Reason.EMPTY, evidence=evidence)
    evidence["text"] = body.source
    if body.site_lines:
        evidence["text"] += f"; without {len(body.site_lines)} lines that the site prints around its articles"
    article = _article(page, metadata, url=url, title=title, text=text, extractor=extractor_name(profile))
    if walled:
        evidence["wall"] = "the page shows the beginning alone"
    return Extraction(_with_credits(article, body, evidence), evidence=evidence, partial=walled)


def extractor_name(profile: SiteProfile) -> str:
    """EXTRACTOR, with the digest of a profile that is not empty, because each profile may give another text."""
    return f"{EXTRACTOR} {profile.digest}" if profile.digest else EXTRACTOR


def _article(page: Page, metadata: Metadata, *, url: str, title: str, text: str, extractor: str) -> Article:
    published = metadata.published
    return Article(
        url=url,
        site=page.site.name,
        title=title,
        text=text,
        subtitle=metadata.subtitle,
        authors=metadata.authors,
        agency=metadata.agency,
        section=metadata.labels.section,
        categories=metadata.labels.categories,
        tags=metadata.labels.tags,
        published_at=published.value if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        published_source=published.source if published else None,
        modified_at=metadata.modified_at,
        language="ar",
        description=metadata.description,
        image=metadata.image,
        extractor=extractor,
    )


def _with_credits(article: Article, body: Body, evidence: dict[str, str]) -> Article:
    """Return the article with the authors and the agency that lines of its text name, where metadata name none."""
    if not article.authors and body.authors:
        article = replace(article, authors=tuple(dict.fromkeys(body.authors)))
        evidence["authors"] = "byline in the text"
    if not article.agency and body.agency:
        article = replace(article, agency=body.agency)
        evidence["agency"] = "source line in the text"
    paragraphs = article.text.split("\n\n")
    if not article.agency and (signed := agency_of_dateline(paragraphs[0]) or agency_at_end(paragraphs[-1])):
        article = replace(article, agency=signed)
        evidence["agency"] = "dateline or end of the text"
    return article
