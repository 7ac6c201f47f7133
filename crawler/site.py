"""Declaration of a site: its name and home page, and its differences from its platform."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import GenericTranslator, SelectorError

from storage.records import CHANNELS, Channel
from storage.revisits import PROFILES, Profile
from storage.urls import clean_url

Assets = Literal["none", "article"]
DELAY_S = 1.5  # between requests to a host, unless the site declares another delay


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of a theme or a site. "" means no selector: the general rules apply.

    A selector list ("a, b") is one selector. The first group is for listing pages, the second for articles.
    """

    links: str = ""  # the links of the listing itself, not of menus, sidebars, sliders
    next_page: str = ""  # the link to the next, older page

    headline: str = ""
    subtitle: str = ""
    body: str = ""
    date: str = ""
    modified: str = ""
    authors: str = ""
    categories: str = ""  # badges; each element is one name
    breadcrumb: str = ""  # each element is one name, outermost first
    tags: str = ""
    agency: str = ""
    image: str = ""
    drop: str = ""  # removed before the body is extracted

    def __post_init__(self) -> None:
        for name in self.__slots__:
            selector = getattr(self, name)
            if selector:
                try:
                    GenericTranslator().css_to_xpath(selector)
                except SelectorError as error:
                    raise ValueError(f"selector {name}={selector!r} is not valid CSS: {error}") from error


@dataclass(frozen=True, slots=True)
class Site:
    """One news site. A wrong declaration raises ValueError, which names the mistake.

    name: lower-case letters, digits and "_"; it names files and rows. home: http(s) URL.
    country: ISO 3166 alpha-2. timezone: IANA name; dates without an offset are local there.
    categories: URLs or paths of category pages; empty: found from the home page.
    channels: the only ones to use (storage.records.CHANNELS); empty: all that the platform uses.
    rest, feeds, sitemaps: URLs or paths of the REST API's root, of feeds, of sitemaps; empty: they are searched.
    theme: name of a preset in crawler/themes.toml; None: recognised from the page.
    selectors: override the theme's, one by one. delay_s: seconds between requests to a host.
    verified: the day of the last successful live crawl; None: never tried live.
    browser: True if its pages are empty until a browser has run their scripts (extra `browser`).
    browser_hosts: other hosts that these scripts are loaded from, or request.
    groups: names that the operator chooses, for `warraq crawl --group`.
    assets: files to store beside an article's page: "none", or "article" for the article's picture and the page's style
        sheets. A crawl requests them when it has no other request to make.
    revisits: how often its articles are visited again (storage.revisits): "track", "normal", or "off" for never.
    """

    name: str
    home: str
    title: str | None = None
    country: str | None = None
    timezone: str = "UTC"
    categories: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    rest: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    theme: str | None = None
    selectors: Selectors = field(default_factory=Selectors)
    delay_s: float = DELAY_S
    verified: date | None = None
    revisits: Profile = "normal"
    assets: Assets = "none"
    browser: bool = False
    browser_hosts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", self.name):
            raise ValueError(f"site name {self.name!r}: use up to 64 of a-z, 0-9 and _")
        try:
            clean_url(self.home)
        except ValueError as error:
            raise ValueError(f"site {self.name}: home {self.home!r} is no http(s) URL") from error
        for name in ("categories", "channels", "feeds", "sitemaps", "browser_hosts", "groups"):
            value = getattr(self, name)
            if isinstance(value, str):  # ("/a/") without a comma is a string
                raise ValueError(f"site {self.name}: {name} must be a tuple: ({value!r},)")
        if unknown := set(self.channels) - set(CHANNELS):
            raise ValueError(f"site {self.name}: channels {sorted(unknown)} are none of {', '.join(CHANNELS)}")
        if self.country is not None and not re.fullmatch(r"[A-Z]{2}", self.country):
            raise ValueError(f"site {self.name}: country {self.country!r} is no ISO 3166 alpha-2 code")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"site {self.name}: unknown time zone {self.timezone!r}") from error
        if self.revisits not in PROFILES:
            raise ValueError(f"site {self.name}: revisits {self.revisits!r} is none of {', '.join(PROFILES)}")
        if self.assets not in get_args(Assets):
            raise ValueError(f"site {self.name}: assets {self.assets!r} is none of {', '.join(get_args(Assets))}")
        if odd := [host for host in self.browser_hosts if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host)]:
            raise ValueError(f"site {self.name}: browser_hosts {odd} are no host names, such as cdn.example.com")
        if odd := [group for group in self.groups if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", group)]:
            raise ValueError(f"site {self.name}: groups {odd}: use up to 64 of a-z, 0-9, _ and -")
        if self.delay_s < 0:
            raise ValueError(f"site {self.name}: delay_s {self.delay_s} is negative")

    @property
    def host(self) -> str:
        """Host of the home page: lower-case, international names in their "xn--" form, without "www."."""
        return site_host(self.home)

    def owns(self, url: str) -> bool:
        """Whether the URL is on the site's host or a subdomain of it; False for a malformed one."""
        try:
            host = site_host(url)
        except ValueError:
            return False
        return host == self.host or host.endswith("." + self.host)


def bare_host(url: str) -> str:
    """Host of a URL without "www."; "" when it has none. Raises ValueError for a malformed URL."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def site_host(url: str) -> str:
    """Host of a URL in the form of `Site.host`, otherwise as `bare_host`."""
    host = bare_host(url).removesuffix(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")
