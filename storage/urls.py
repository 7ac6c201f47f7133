"""Two forms of a URL: the clean URL, which is fetched and shown, and the key that identifies a page.

Follows RFC 3986 §6 (normalisation), and the WHATWG URL standard where browsers differ from it. URLs and keys are
stored, so the results must not change. w3lib and courlan return other results for most URLs that need cleaning: both
keep dot segments and a bare "%", w3lib keeps passwords and sorts parameters, courlan leaves hosts unencoded.
"""

import hashlib
import ipaddress
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit

from storage.sanitise import sanitised

# Parameters for tracking readers, which do not select content. Names that some sites use to select an article ("id",
# "ref", "p", "s") are not here: two articles must never become one.
_TRACKING_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid igshid igsh yclid mibextid mc_cid mc_eid
    _ga _gl mkt_tok fb_action_ids fb_action_types fb_comment_id fb_source ref_src ref_url xtor ocid at_medium
    at_campaign at_custom1 at_custom2 at_custom3 at_custom4 __twitter_impression _branch_match_id srsltid
    doing_wp_cron replytocom
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
# Names of session parameters with any value, and names that count only if the value looks like a session: PHP's have
# 26 or 32 letters and digits, those of forums 32 hex digits. "sid=3" may be the story with that number.
_SESSION_NAMES = re.compile(r"jsessionid|phpsessid|aspsessionid[a-z]*|asp\.net_sessionid|oscsid|zenid|cftoken")
_MAYBE_SESSION_NAMES = frozenset({"s", "sid", "sess", "sessid", "session", "sessionid", "session_id"})
_SESSION_VALUE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|(?=[a-z]*[0-9])[0-9a-z]{26}", re.IGNORECASE)
# Sessions after a segment of the path, as in servlets; and the session segments of ASP.NET and of its first version.
_SESSION_PARAMETER = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_SESSION_SEGMENT = re.compile(r"\((?:(?:[ASFX]\([0-9A-Za-z_-]{15,}\))+|(?=[a-z]*[0-9])[0-9a-z]{24})\)")
_DEFAULT_PORT = {"http": 80, "https": 443}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|%")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_UNRESERVED_TEXT = re.compile(r"[A-Za-z0-9._~-]*")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# PostgreSQL refuses index entries past 2,704 bytes.
_MAX_KEY_BYTES = 2000
_KEPT = 4096  # cached URLs: the forms of a page's URL are computed ten times while it is crawled
_MAX_KEPT_LENGTH = 500  # letters of a cached URL, so that no page fills the memory


class _UrlParts(NamedTuple):
    scheme: str  # "http", "https", or "" where none was stated
    host: str  # lower-case ASCII, "[...]" around IPv6
    port: str  # ":8080", or "" for the scheme's own
    path: str
    query: str


def clean_url(url: str) -> str:
    """The clean form of an absolute http(s) URL, which can be fetched and shows the same page.

    Lower-case scheme and host (international names in their "xn--" form), no default port, no fragment, no
    user name or password, no dot segments, no tracking parameters; path and query percent-encoded in one way
    with upper-case hex. Idempotent. Raises ValueError for anything but an http(s) URL.
    """
    return _kept_clean(url) if len(url) <= _MAX_KEPT_LENGTH else _clean(url)


def _clean(url: str) -> str:
    text = _plain(url)
    parts = _parse(text)
    if parts is None or not parts.scheme:
        raise ValueError(f"{text[:200]!r} is no http(s) URL")
    path = _no_dots(_encode(parts.path, safe="/:@!$&'()*+,;=~")) or "/"
    pieces = [piece for piece in parts.query.split("&") if piece and not _is_tracking(piece)]
    query = _encode("&".join(pieces), safe="/?:@!$&'()*+,;=~[]")
    return f"{parts.scheme}://{parts.host}{parts.port}{path}" + (f"?{query}" if query else "")


def key_number(url: str) -> int:
    """64 bits of a hash of the URL's key, since a set of numbers takes a fraction of the memory of keys.

    Among a million pages, two have the same number with a probability of 3 in 10^8.
    """
    return int.from_bytes(hashlib.blake2b(url_key(url).encode(errors="surrogatepass"), digest_size=8).digest())


def url_host(url: str) -> str:
    """The host of the URL's key, with the port if stated."""
    return url_key(url).partition("/")[0].partition("?")[0]


def url_key(url: str) -> str:
    """The key of the page at a URL, in any spelling: equal keys mean one page.

    Without scheme, "www." / "m." / "amp." before the host, trailing slash, "/amp" at the end, "amp=1", tracking
    parameters and sessions of readers; path and query decoded (NFC), parameters sorted. Other parameters stay, such as
    WordPress's "p". Idempotent, and the same for a URL and its clean form. Never raises: text that is no URL is
    returned stripped. At most 2,000 bytes in UTF-8; a longer key ends in a hash.
    """
    return _kept_key(url) if len(url) <= _MAX_KEPT_LENGTH else _key_of(url)


def _key_of(url: str) -> str:
    text = _plain(url)
    parts = _parse(text)
    if parts is None:
        return _bounded(text, host="")
    host = _bare_host(parts.host)
    path = _no_dots("/".join(_decode(segment, reserved="/?#\\") for segment in parts.path.split("/")))
    if ";" in path or "(" in path:
        path = _no_dots(_without_session(path))
    path = re.sub("/{2,}", "/", path).rstrip("/")
    while path.endswith("/amp") and path != "/amp":
        path = path.removesuffix("/amp")
    pieces = sorted(
        "=".join(_decode(half.replace("+", " "), reserved="&=+#") for half in piece.split("=", 1))
        for piece in parts.query.split("&")
        if piece and not _is_tracking(piece) and not _is_session(piece, parts.query)
    )
    query = "&".join(piece for piece in pieces if piece.lower() not in ("amp", "amp=", "amp=1", "amp=true"))
    key = f"{host}{parts.port}{path}" + (f"?{query}" if query else "")
    return _bounded(key, host=host)


_kept_key = lru_cache(maxsize=_KEPT)(_key_of)
_kept_clean = lru_cache(maxsize=_KEPT)(_clean)


def _plain(url: str) -> str:
    """The text without control characters, lone surrogates, and white space at its ends."""
    return _CONTROLS.sub("", sanitised(url)).strip()


def _parse(text: str) -> _UrlParts | None:
    """Parse an http(s) URL, with or without its scheme; None for anything else."""
    stated = _SCHEME.match(text)
    scheme = stated[1].lower() if stated else ""
    if scheme not in ("", *_DEFAULT_PORT):
        return None
    rest = text[stated.end() :] if stated else text.removeprefix("//")
    try:
        split = urlsplit(f"//{rest}")
        host, port = _ascii_host(split.hostname or ""), split.port
    except ValueError:
        return None
    # Browsers and Python see different hosts in "good.example\@evil.example", so it is refused.
    if not host or "\\" in split.netloc or ("@" in split.netloc and not scheme):
        return None
    shown = "" if port is None or port == _DEFAULT_PORT.get(scheme) else f":{port}"
    return _UrlParts(scheme, host, shown, split.path, split.query)


def _ascii_host(host: str) -> str:
    """The host in lower-case ASCII (IDNA 2003). Raises ValueError for an invalid host."""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    name = name.lower().removesuffix(".")
    if not _HOST.fullmatch(name):
        raise ValueError(f"{host!r} is no host name")
    return name


def _bare_host(host: str) -> str:
    """The host without the prefixes of a site's other editions; "www.com" and "m.me" are unchanged."""
    while host.startswith(("www.", "m.", "amp.")) and "." in host.partition(".")[2]:
        host = host.partition(".")[2]
    return host


def _is_tracking(piece: str) -> bool:
    name = _decode(piece.partition("=")[0], reserved="").lower()
    return name in _TRACKING or name.startswith("utm_")


def _is_session(piece: str, query: str) -> bool:
    """Whether a parameter is a reader's session. query: all parameters, since ColdFusion's sessions have two."""
    name, _, value = (_decode(half, reserved="").lower() for half in piece.partition("="))
    if name in _MAYBE_SESSION_NAMES:
        return _SESSION_VALUE.fullmatch(value) is not None
    return _SESSION_NAMES.fullmatch(name) is not None or (name == "cfid" and "cftoken=" in query.lower())


def _without_session(path: str) -> str:
    segments = _SESSION_PARAMETER.sub("", path).split("/")
    return "/".join(segment for segment in segments if not _SESSION_SEGMENT.fullmatch(segment))


def _encode(text: str, *, safe: str) -> str:
    """The text percent-encoded once: escapes in upper-case hex, unreserved characters unescaped, no bare "%"."""

    def spell(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"

    return quote(_PERCENT.sub(spell, text), safe=safe + "%")


def _decode(text: str, *, reserved: str) -> str:
    """The text percent-decoded, in NFC. Separators of the URL's parts, and invalid UTF-8, stay escaped."""
    if _UNRESERVED_TEXT.fullmatch(text):
        return text
    escaped = _PERCENT.sub(lambda match: match[0] if match[1] else "%25", text)
    decoded = unicodedata.normalize("NFC", unquote_to_bytes(escaped).decode("utf-8", "surrogateescape"))
    return _to_escape(reserved).sub(lambda match: _escape(match[0]), decoded)


@cache
def _to_escape(reserved: str) -> re.Pattern[str]:
    """The characters that stay escaped: "%", the reserved ones, white space, control characters, lone surrogates."""
    return re.compile(rf"[%{re.escape(reserved)}\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _escape(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))


def _no_dots(path: str) -> str:
    """The path without dot segments (RFC 3986 §5.2.4); absolute or ""."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _bounded(key: str, *, host: str) -> str:
    raw = key.encode()
    if len(raw) <= _MAX_KEY_BYTES:
        return key
    digest = hashlib.sha256(raw).hexdigest()
    return f"{host}/~{digest}" if host else f"~{digest}"
