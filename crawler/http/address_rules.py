"""Address rules: a crawl may connect to public addresses, and to those that the operator allows.

Pure; no name is resolved here. The resolver (crawler.http.resolver) checks the addresses of names with `is_public`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network
from urllib.parse import urlsplit

from storage.messages import message, words_of

DEFAULT_PORTS = {"http": 80, "https": 443}
ALLOW = "WARRAQ_ALLOW_HOSTS"

# IANA's special-purpose registries, and multicast and reserved networks. The standard library's `is_global` differs
# between Python releases and counts multicast as global.
_NOT_PUBLIC_4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # public, but in Azure the host of the virtual machine answers there
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_UNICAST_6 = ip_network("2000::/3")  # everything assigned for public use
_NOT_PUBLIC_6 = tuple(ip_network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address

# Names that mean this machine or this network (RFC 6761, RFC 6762, RFC 8375, and what offices use), or that
# must not be looked up at all (RFC 7686).
_SPECIAL_NAMES = frozenset(
    (
        "localhost",
        "localdomain",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "private",
        "onion",
        "arpa",
    )
)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:@%\\\s]+)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def is_public(address: str) -> bool:
    """Whether an IP address, as the resolver returns it, is public. False for malformed ones.

    An IPv6 address that contains an IPv4 one (mapped, 6to4, NAT64) is judged by that. One with a zone ("%eth0") is
    never public.
    """
    try:
        return _public_4(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        return _public_6(IPv6Address(address))
    except AddressValueError:
        return False


def _public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC_4)


def _public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    wrapped = address.ipv4_mapped or address.sixtofour
    if wrapped is None and address in _NAT64:
        wrapped = IPv4Address(int(address) & 0xFFFFFFFF)
    if wrapped is not None:
        return _public_4(wrapped)
    return address in _UNICAST_6 and not any(address in network for network in _NOT_PUBLIC_6)


def host_name(host: str) -> str:
    """The host in the form in which it is compared and resolved: lower-case ASCII, no brackets, no last dot.

    Raises ValueError when it is not a valid host.
    """
    host = host.removeprefix("[").removesuffix("]").lower()
    if not host.isascii():
        # The codec also maps full-width digits and ideographic dots, so "１２７。0。0。1" hides nothing.
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError as error:
            raise ValueError(message("{host!r} is no host name", host=host)) from error
    host = host.removesuffix(".")
    if ":" in host:
        try:
            return IPv6Address(host).compressed
        except AddressValueError as error:
            raise ValueError(message("{host!r} is no IPv6 address", host=host)) from error
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise ValueError(message("{host!r} is no host name", host=host))
    return host


def odd_ipv4(host: str) -> bool:
    """Whether C libraries or proxies may read the host as an IPv4 address although it is not written as one.

    The rule is the "ends in a number" checker of the WHATWG URL standard: 2130706433, 0x7f.1, 127.1, 0177.1.
    """
    last = host.rpartition(".")[2]
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        return False
    try:
        return str(IPv4Address(host)) != host
    except AddressValueError:
        return True


@dataclass(frozen=True, slots=True)
class Rules:
    """Exceptions to the rule that only public addresses on ports 80 and 443 are allowed.

    allowed: (host, port) from the operator; port None waives the address check for that host, not the port check.
    declared: (host, port) of the site itself, whose port may be unusual. proxies: (host, port) of the operator's
    proxies, which no page may link to.
    """

    allowed: frozenset[tuple[str, int | None]] = frozenset()
    declared: frozenset[tuple[str, int]] = frozenset()
    proxies: frozenset[tuple[str, int]] = frozenset()

    def names(self, host: str, port: int) -> bool:
        """Whether the operator allows this host, on this port or on all."""
        return (host, port) in self.allowed or (host, None) in self.allowed

    def refusal(self, url: str) -> str | None:
        """Why a request for the URL must not be sent; None if it may. Never raises."""
        try:
            host, port = host_and_port(url)
        except ValueError as error:
            return words_of(error)
        if (host, port) in self.allowed:
            return None
        why: str | None = None
        if (host, port) in self.proxies:
            why = message("the proxy itself")
        elif not self.names(host, port):
            why = _special(host)
        if why is None and port not in DEFAULT_PORTS.values() and not self._declares(host, port):
            why = message("neither port 80 or 443 nor a port of the site")
        if why is None:
            return None
        place = f"{host}:{port}"
        return message("{place} is {why}; {name}={place} would allow it", place=place, why=why, name=ALLOW)

    def _declares(self, host: str, port: int) -> bool:
        return any(
            port == own_port and host.removeprefix("www.") == own_host.removeprefix("www.")
            for own_host, own_port in self.declared
        )


def _special(host: str) -> str | None:
    """Why a host is not public, as far as its spelling shows; None if it may be public."""
    if odd_ipv4(host):
        return message("an unusual spelling of an IPv4 address")
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        return None if is_public(host) else message("no public address")
    if "." not in host or host.rpartition(".")[2] in _SPECIAL_NAMES:
        return message("a name of this machine or network")
    return None


def host_and_port(url: str) -> tuple[str, int]:
    """Host (as host_name gives it) and port of an http(s) URL.

    Raises ValueError for any other scheme, for user names and passwords in the URL, and for an authority that
    parsers may read in different ways.
    """
    if re.search(r"[\x00-\x20\x7f]", url):
        raise ValueError(message("the URL holds spaces or control characters"))
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        raise ValueError(message("{scheme!s} scheme: only http and https are fetched", scheme=parts.scheme or "no"))
    if "@" in parts.netloc:
        raise ValueError(message("the URL holds a user name or password"))
    match = _AUTHORITY.fullmatch(parts.netloc)
    if match is None:
        raise ValueError(message("{place!r} is no host and port", place=parts.netloc))
    port = int(match["port"]) if match["port"] else DEFAULT_PORTS[parts.scheme]
    if not 0 < port < 65536:
        raise ValueError(message("{port} is no port", port=port))
    return host_name(match["host"]), port


def parse_allowed(entries: Iterable[str]) -> frozenset[tuple[str, int | None]]:
    """Read the operator's list: "localhost", "127.0.0.1:8000", "::1", "[::1]:8000".

    Raises ValueError naming the entry that is none of these.
    """
    return frozenset(_entry(entry.strip()) for entry in entries if entry.strip())


def _entry(entry: str) -> tuple[str, int | None]:
    if entry.count(":") > 1 and not entry.startswith("["):
        return host_name(entry), None
    match = _AUTHORITY.fullmatch(entry)
    if match is None or "/" in entry:
        raise ValueError(message("{name}: {entry!r} is neither a host nor host:port", name=ALLOW, entry=entry))
    return host_name(match["host"]), int(match["port"]) if match["port"] else None


def declared_hosts(urls: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Host and port of each absolute http(s) URL among them."""
    hosts = set()
    for url in urls:
        try:
            hosts.add(host_and_port(url))
        except ValueError:
            continue  # a path such as "/politics/"
    return frozenset(hosts)
