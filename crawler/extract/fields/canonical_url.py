"""The canonical URL: the URL that the page declares, if it is plausible, else the URL fetched."""

from crawler.html.home_words import is_home_url
from crawler.html.page import Page
from crawler.site import bare_host
from storage.identity.addresses import can_lead_to_article
from storage.urls import clean_url


def read_url(page: Page) -> tuple[str, str]:
    """The article's URL, cleaned, and its source.

    A canonical link or og:url counts if it is on the same site and may be an article's URL: publishing systems also
    declare the home page, a category, or a script without its number. Whether it identifies this article, the archive
    decides (storage.identity).
    A page from a file without a known URL has one in `.invalid` (RFC 2606 §2); then any declared URL counts.
    Raises ValueError when the page's own URL is no http(s) URL.
    """
    own = clean_url(page.url)
    said = [("link canonical", link.get("href") or "") for link in page.names.select('link[rel~="canonical"]')[:2]]
    said += list(page.meta("og:url"))
    for where, value in said:
        full = page.absolute(value)
        if full is None:
            continue
        try:
            cleaned = clean_url(full)
        except ValueError:
            continue
        if bare_host(own).endswith(".invalid") or (
            _same_site(cleaned, own, page.site.host)
            and can_lead_to_article(cleaned, own)
            and (is_home_url(own) or not is_home_url(cleaned))
        ):
            return cleaned, where
    return own, "address fetched"


def _same_site(url: str, own: str, site_host: str) -> bool:
    host = bare_host(url)
    return host in (bare_host(own), site_host) or host.endswith("." + site_host)
