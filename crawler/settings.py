"""Scrapy's settings for every crawl: polite, bounded, and limited to http(s) on public addresses."""

import os
from importlib import metadata


def _version() -> str:
    try:
        return metadata.version("warraq")
    except metadata.PackageNotFoundError:  # a checkout that was never installed
        return "0"


def _contact() -> str:
    return os.environ.get("WARRAQ_CONTACT") or "https://github.com/warraq/warraq"


BOT_NAME = "warraq"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
SPIDER_LOADER_CLASS = "crawler.registry.loader.SiteLoader"
SPIDER_LOADER_WARN_ONLY = True  # a site file that fails to import must not stop the other sites

# Identity. An honest name with a contact, so that a site's owner can object.
USER_AGENT = os.environ.get("WARRAQ_USER_AGENT") or f"Warraq/{_version()} (+{_contact()}; news archive)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Warraq"  # the product token of robots.txt, whatever else the user agent says
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "ar,en;q=0.5",  # sites in several languages answer in the first of these that they have
}
COOKIES_ENABLED = False  # every page as a new visitor sees it; no tracking
REFERRER_POLICY = "no-referrer"  # no site learns which page linked to it

# Rate. One request at a time for a host; a site file may set a longer delay (Site.delay_s).
CONCURRENT_REQUESTS = 4  # over all hosts of one site, such as www, api and feeds
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.5  # seconds
CONCURRENT_ITEMS = 8  # Scrapy starts this many tasks for each response; an article page gives one item
DOWNLOAD_DELAY_JITTER = 0.3  # ±30 %: no fixed rhythm
WARRAQ_MAX_CRAWL_DELAY_S = 30.0  # with a Crawl-delay of a day the site could not be crawled
AUTOTHROTTLE_ENABLED = False  # it would lower the delay that robots.txt demands
HTTPCACHE_ENABLED = False  # the archive stores the pages; a cache would answer instead of the site

# Sizes. Measured 2026-11: a 1.5 MB gzip bomb takes 1.1 GB at Scrapy's limit of 1 GiB, 89 MB at 10 MB.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # bytes, both as sent and decoded; news pages stay under 5 MB
DOWNLOAD_WARNSIZE = 0  # the limit itself is reported
DOWNLOAD_TIMEOUT = 30  # seconds for the complete answer, so that a slow server can't hold a connection
DOWNLOAD_FAIL_ON_DATALOSS = True  # half a page must not become a version
REDIRECT_MAX_TIMES = 5  # RFC 9309 asks for five at least; honest sites need two
METAREFRESH_MAXDELAY = 5  # seconds; a page that reloads itself every minute is no redirect

# Failures. RetryAfterMiddleware waits as long as Retry-After says, or backs off: 2 s, then 8 s.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the run counts the page with its reason
WARRAQ_BACKOFF_S = 2.0
WARRAQ_MAX_WAIT_S = 300.0  # a longer Retry-After leaves the host to the next run
WARRAQ_MAX_FAILURES = 10  # in a row; then this run requests nothing more from the host

# For sites that need a browser (Site.browser): limit for a page with all that its scripts load, each after the delay.
WARRAQ_BROWSER_TIMEOUT_S = float(os.environ.get("WARRAQ_BROWSER_TIMEOUT_S") or 60)

# Host names, addresses or host:port, spelled exactly as in URLs, that are allowed although they are not public: for the
# demo, for tests, for an intranet. None by default.
WARRAQ_ALLOW_HOSTS = tuple(
    entry.strip() for entry in os.environ.get("WARRAQ_ALLOW_HOSTS", "").split(",") if entry.strip()
)
TWISTED_DNS_RESOLVER = "crawler.http.resolver.PublicResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True  # an archive must not store pages that were changed on the way
# Only http and https: a page may link to files of this machine.
DOWNLOAD_HANDLERS = {
    "http": "crawler.http.handler.BoundedHandler",
    "https": "crawler.http.handler.BoundedHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.http.address_middleware.AddressMiddleware": 60,  # first: the robots.txt of a refused host is not fetched
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # an unreadable robots.txt allows everything
    "crawler.http.robots.RobotsMiddleware": 100,
    "crawler.http.conditional.ConditionalMiddleware": 420,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # retries at once, ignores Retry-After
    "crawler.http.retry_after.RetryAfterMiddleware": 550,
    # Disabled: it accepts a body that was cut short.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.http.rendering.RenderingMiddleware": 410,  # before validators are sent; the others have decoded
    "crawler.http.decoding.CharsetMiddleware": 585,  # after the body is decoded
    "crawler.http.decoding.EncodingMiddleware": 590,
    "crawler.http.address_middleware.ResolvedMiddleware": 760,  # after the retry middleware: a refusal is not retried
    "crawler.http.budget.BudgetMiddleware": 800,  # last: every request that it counts is sent
}

# The archive: `warraq crawl` sets these from its options.
WARRAQ_ARCHIVE = os.environ.get("WARRAQ_ARCHIVE") or "archive"
WARRAQ_DB = os.environ.get("WARRAQ_DB") or None
WARRAQ_WARC_SIZE = os.environ.get("WARRAQ_WARC_SIZE") or None  # at this size a new WARC file begins; None: 1G
ITEM_PIPELINES = {"crawler.runs.pipeline.ArchivePipeline": 300}

# No network listeners, and no output but the pipeline's.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.feedexport.FeedExporter": None,  # `warraq export` reads the archive instead
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.spiderstate.SpiderState": None,  # crawl state is in the archive
}
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"  # the middlewares await
LOG_LEVEL = "WARNING"  # cron sends the output by mail
STATS_DUMP = False
