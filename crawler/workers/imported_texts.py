"""Interpretation of imported texts: the site of a URL, dates in words, the article of a flattened page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawler.dates.parser import parse_date
from crawler.extract import extract_text
from crawler.registry.declared_sites import Declared, spider_for
from crawler.site import Site
from storage.maintenance.stored_pages import SiteFacts
from storage.records import Extraction, Precision


class ImportedTexts:
    """The crawler's part in an import of texts (storage.imports.text_import.TextReader)."""

    def __init__(self, declared: Declared, site: str | None = None) -> None:
        """site: name of the declared site that all URLs belong to. Raises UsageError for an unknown one."""
        self._declared = declared
        self._one = spider_for(site, declared).site if site is not None else None
        self._sites: dict[tuple[str, str, str | None], Site] = {}

    def site(self, url: str, name: str | None) -> SiteFacts:
        """The declared site with this name or for this URL; else a site for the URL's host, with the name if given."""
        site = self._site(url, name)
        return SiteFacts(site.name, site.home, site.title, site.country, site.timezone, site.revisits)

    def name_of(self, url: str) -> str:
        """The name of the site of a URL."""
        return self._site(url, None).name

    def is_declared(self, url: str) -> bool:
        """Whether the site of a URL has a file in spiders/."""
        return self.name_of(url) in self._declared.spiders

    def read_date(self, text: str, timezone: str) -> tuple[datetime, Precision] | None:
        """Parse a date in words. None if it can't be parsed, or is relative: the time it counts from is unknown."""
        parsed = parse_date(text, now=datetime.now(UTC), timezone=timezone)
        return None if parsed is None or parsed.relative else (parsed.value, parsed.precision)

    def read_page(self, text: str, url: str, site: SiteFacts, seen_at: datetime | None) -> Extraction:
        """Extract the article of a flattened page. seen_at: aware, when it was fetched; None if unknown, then relative
        dates are dropped.
        """
        now = seen_at or datetime.now(UTC)
        made, before = (
            extract_text(text, site=self._site(url, site.name), url=url, now=each)
            for each in (now, now - timedelta(days=400))
        )
        if seen_at is not None or made.article is None or before.article is None:
            return made
        if made.article.published_at == before.article.published_at:
            return made
        undated = replace(
            made.article, published_at=None, published_raw=None, published_precision=None, published_source=None
        )
        return replace(made, article=undated)

    def _site(self, url: str, name: str | None) -> Site:
        if name is None and self._one is not None:
            return self._one
        parts = urlsplit(url)
        key = parts.scheme, parts.netloc, name
        if key not in self._sites:
            self._sites[key] = self._found(f"{parts.scheme}://{parts.netloc}/", name)
        return self._sites[key]

    def _found(self, home: str, name: str | None) -> Site:
        if name is not None and name in self._declared.spiders:
            return self._declared.spiders[name].site
        return Site(name, home) if name is not None else spider_for(home, self._declared).site
