"""Names of sites that are crawled by their URL: one name per host, and messages about names that collide."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from crawler.site import Site, site_host
from storage.urls import clean_url

_LONGEST = 64  # characters of a site name
# Hosts of letters, digits, single dots and inner hyphens: `name_of` gives each of them a different name.
_PLAIN = re.compile(r"[a-z0-9]+(?:(?:\.|-+)[a-z0-9]+)*(?::\d+)?")


def origin(url: str) -> tuple[str, int | None]:
    """Host without "www.", and the port if it is not the scheme's default: the same for all pages of a site."""
    parts = urlsplit(clean_url(url))
    return site_host(url), parts.port


def name_of(url: str, taken: Mapping[str, str]) -> str:
    """The name of an undeclared site: "www.al-rased.test:81" is "al__rased_test_81".

    taken: name to home page, for the names that are declared or in the archive. A name that the archive has for this
    host is kept. Hosts that can't be written so, that are too long, or whose name another site has, get a name that
    ends with a digest of the host.
    """
    netloc = urlsplit(url).netloc.lower().removeprefix("www.")
    earlier = re.sub(r"[^a-z0-9]+", "_", netloc).strip("_")[:_LONGEST]  # as names were made before 2026-12
    if _is_same(taken.get(earlier), url):
        return earlier
    name = netloc.replace("-", "__").replace(".", "_").replace(":", "_")
    if (name not in taken or _is_same(taken[name], url)) and len(name) <= _LONGEST and _PLAIN.fullmatch(netloc):
        return name
    digest = hashlib.sha256(netloc.encode()).hexdigest()[:10]
    return f"{earlier[: _LONGEST - 11] or 'site'}_{digest}"


def collisions(chosen: Iterable[Site], taken: Mapping[str, str], archived: Mapping[str, str]) -> Iterator[str]:
    """Yield a message for each chosen site whose name another site has, or would have.

    archived: name to home page of the sites in the archive. taken: as for `name_of`.
    """
    for site in chosen:
        before = archived.get(site.name)
        if before is not None and not _is_same(before, site.home):
            yield (
                f"{site.name} is {site.home} now, and was {before} in this archive: has it moved? "
                "If they are two sites, give one of them another name"
            )
        elif site.name not in taken and (plain := name_of(site.home, {})) != site.name:
            yield f"{site.home} is crawled as {site.name}, as {plain} is {taken.get(plain, 'another site')}"


def _is_same(home: str | None, url: str) -> bool:
    """Whether a home page and a URL are of one site; False for an invalid home page, as an import may store one."""
    try:
        return home is not None and origin(home) == origin(url)
    except ValueError:
        return False
