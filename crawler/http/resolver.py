"""Resolver that returns only public addresses, so that no host name gives access to a private network.

The crawl connects to the checked addresses themselves, so DNS rebinding (a name that resolves differently the next
time) has no effect.
"""

from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.datatypes import LocalCache
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.http.address_rules import ALLOW, DEFAULT_PORTS, Rules, host_name, is_public, parse_allowed


def operator_proxies() -> frozenset[tuple[str, int]]:
    """Host and port of the proxies in http_proxy and https_proxy; malformed ones are left out."""
    proxies = set()
    for scheme, url in getproxies().items():
        if scheme in DEFAULT_PORTS:
            try:
                parts = urlsplit(url if "://" in url else f"http://{url}")
                proxies.add((host_name(parts.hostname or ""), parts.port or DEFAULT_PORTS.get(parts.scheme, 80)))
            except ValueError:
                continue
    return frozenset(proxies)


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes the public addresses of the requested families to the receiver, and records a name that has none."""

    def __init__(
        self,
        receiver: Any,  # an IResolutionReceiver, which type checkers can't call
        name: str,
        families: Sequence[type[IAddress]] | None,
        refused: "LocalCache[str, str]",
    ) -> None:
        self.receiver = receiver
        self.name = name
        self.families = families
        self.refused = refused
        self.passed = False
        self.private: str | None = None

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        # The cache is keyed by name alone and may hold families that were not requested.
        if self.families is not None and not isinstance(address, tuple(self.families)):
            return
        if is_public(address.host):
            self.passed = True
            self.receiver.addressResolved(address)
        else:
            self.private = address.host

    def resolutionComplete(self) -> None:
        if self.private is not None and not self.passed:
            self.refused[self.name] = self.private
        self.receiver.resolutionComplete()


class PublicResolver(CachingHostnameResolver):
    """Scrapy's caching resolver (IPv4 and IPv6), limited to public addresses.

    refused: name to its private address, for the message of the refusal; bounded.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, allowed: frozenset[tuple[str, int | None]]) -> None:
        super().__init__(reactor, cache_size)
        self.rules = Rules(allowed=allowed)
        self.proxies = operator_proxies()
        self.refused: LocalCache[str, str] = LocalCache(1000)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the process's settings, not a spider's: a reactor has one resolver."""
        size = crawler.settings.getint("DNSCACHE_SIZE") if crawler.settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, parse_allowed(crawler.settings.getlist(ALLOW)))

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Implements IHostnameResolver; a name without a public address resolves to no address."""
        if not self.exempt(hostName, portNumber):
            guard: Any = _PublicOnly(resolutionReceiver, _name(hostName), addressTypes, self.refused)
            resolutionReceiver = guard
        return super().resolveHostName(resolutionReceiver, hostName, portNumber, addressTypes, transportSemantics)

    def exempt(self, name: str, port: int) -> bool:
        """Whether the operator allows this host and port. Port 0: Twisted looks up a proxy for a tunnel."""
        name = _name(name)
        if port == 0:
            return any(name == host for host, _ in self.proxies)
        return self.rules.names(name, port) or (name, port) in self.proxies


def _name(name: str) -> str:
    """The name as the rules compare it; a malformed name unchanged, which matches nothing."""
    try:
        return host_name(name)
    except ValueError:
        return name
