"""What an import leaves out before it reads it: by site, by declaration, by language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from storage.errors import UsageError
from storage.messages import message

NameOf = Callable[[str], str]  # URL to the name of its site
LANGUAGES = ("ar",)  # that a filter knows by the letters
_LEAST_LETTERS = 200  # Arabic ones: fewer are a link to another edition, or a name
_LANGUAGE = re.compile(rb"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HEAD = 4096  # bytes in which a page names its language and encoding
_OTHER_SCRIPT = re.compile(rb"windows-1256|iso-8859-6|cp1256|x-mac-arabic", re.IGNORECASE)


@dataclass(slots=True)
class ImportFilters:
    """Every filter that is set must take a page. sites: names of sites, or hosts without "www."; empty: all.

    name_of, is_declared: of the site of a URL; each host is asked for once.
    """

    name_of: NameOf
    is_declared: Callable[[str], bool] = lambda _: True
    declared_only: bool = False
    sites: frozenset[str] = frozenset()
    language: str | None = None
    _by_host: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.language = self.language.strip().lower() if self.language is not None else None
        if self.language is not None and self.language not in LANGUAGES:
            raise UsageError(
                message(
                    "--language {language!r}: pages can be told by {known} alone",
                    language=self.language,
                    known=", ".join(LANGUAGES),
                )
            )

    def leave_out(self, url: str, site: str | None = None) -> str | None:
        """Why a page is left out by its address: "site" or "undeclared"; None: it is not. site: that it states."""
        if not self.declared_only and not self.sites:
            return None
        try:
            parts = urlsplit(url)
            host = parts.netloc.lower()
        except ValueError:
            return "site"
        key = f"{site or ''}\n{parts.scheme}://{host}"
        if key not in self._by_host:
            self._by_host[key] = self._why(f"{parts.scheme}://{host}/", host, site)
        return self._by_host[key]

    def _why(self, home: str, host: str, site: str | None) -> str | None:
        bare = host.rpartition("@")[2].partition(":")[0].removeprefix("www.")
        try:
            if self.sites and not {bare, host, site or self.name_of(home)} & self.sites:
                return "site"
            return "undeclared" if self.declared_only and not self.is_declared(home) else None
        except UsageError:  # no URL that can be fetched
            return "site"

    def leave_out_page(self, body: bytes, charset: bytes = b"") -> str | None:
        """Why a page is left out by its bytes: "language"; None: it is not. charset: as its headers state it.

        A page that states its language is believed. Another one has to hold Arabic letters.
        """
        if self.language is None:
            return None
        head = body[:_HEAD]
        stated = _LANGUAGE.search(head)
        if stated is not None:
            # Many templates say "en" and hold Arabic: that word alone leaves nothing out.
            if stated[1].lower() == self.language.encode():
                return None
            if stated[1].lower() != b"en":
                return "language"
        if _OTHER_SCRIPT.search(charset) or _OTHER_SCRIPT.search(head):
            return None  # extraction looks at the letters
        letters = body.count(b"\xd8") + body.count(b"\xd9")  # that Arabic letters begin with in UTF-8
        if letters < _LEAST_LETTERS and b"\x00" in head[:64]:
            return None  # UTF-16: extraction looks
        return None if letters >= _LEAST_LETTERS else "language"

    def leave_out_text(self, text: str, stated: str | None) -> str | None:
        """Why an article is left out by its language: "language"; None: it is not. stated: that its record states."""
        if self.language is None:
            return None
        if stated is not None:
            return None if stated.lower().partition("-")[0] == self.language else "language"
        sample = text[:2000]
        letters = sum(map(str.isalpha, sample))
        return None if 2 * len(_ARABIC.findall(sample)) > letters else "language"
