"""Middlewares that check addresses: no request is sent to an address that is not public.

Both middlewares are needed. With a proxy, the target's name is not resolved here, so the URL itself is checked; without
one, only the resolver knows the address of a name.
"""

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from crawler.http.address_rules import ALLOW, Rules, declared_hosts, host_and_port, parse_allowed
from crawler.http.crawl_stats import stats_of
from crawler.http.refusals import Refused, not_fetched
from crawler.http.resolver import PublicResolver, operator_proxies
from crawler.site import Site
from storage.records import Reason

log = logging.getLogger(__name__)
WARNED = 5  # refusals of a run that are logged as warnings


class AddressMiddleware:
    """Stops requests for other schemes, private addresses, special names, and ports that are not the site's.

    Redirects and robots.txt are checked like any request. It runs before the robots middleware, so that the robots.txt
    of a refused host is not fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.allowed = parse_allowed(crawler.settings.getlist(ALLOW))
        self.proxies = operator_proxies()
        self.judged: tuple[Site | None, Rules] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read WARRAQ_ALLOW_HOSTS from the settings. Raises ValueError when an entry is no host."""
        return cls(crawler)

    def rules(self) -> Rules:
        """The rules for the spider's site. They are made late, as the middleware exists before the spider."""
        site = getattr(self.crawler.spider, "site", None)
        if self.judged is None or self.judged[0] is not site:
            urls = (site.home, *site.categories, *site.feeds, *site.sitemaps) if isinstance(site, Site) else ()
            self.judged = site, Rules(self.allowed, declared_hosts(urls), self.proxies)
        return self.judged[1]

    async def process_request(self, request: Request) -> None:
        """Raise Refused for a request that must not be sent."""
        why = self.rules().refusal(request.url)
        if why is not None:
            raise refused(self.crawler, request, why)


class ResolvedMiddleware:
    """Turns "host not found" into a refusal if the host has only private addresses.

    It is nearer to the downloader than the retry middleware, as a refusal is not retried.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise Refused when our resolver withheld the host's addresses."""
        if not isinstance(exception, CannotResolveHostError):
            return
        from twisted.internet import reactor  # noqa: PLC0415 - importing it at the top would install one

        resolver = getattr(reactor, "nameResolver", None)
        if isinstance(resolver, PublicResolver):
            host, port = host_and_port(request.url)
            address = resolver.refused.get(host)
            if address is not None:
                why = f"{host} resolves to {address}, no public address; {ALLOW}={host}:{port} would allow it"
                raise refused(self.crawler, request, why)


def refused(crawler: Crawler, request: Request, why: str) -> Refused:
    """Count a refusal and return its exception. Only a run's first refusals are logged as warnings, as one page may
    link to thousands.
    """
    stats = stats_of(crawler)
    stats.inc_value("warraq/refused")
    line = not_fetched(request.url, why)
    log.log(logging.WARNING if stats.get_value("warraq/refused") <= WARNED else logging.DEBUG, "%s", line)
    return Refused(line, Reason.REFUSED, retry=False)
