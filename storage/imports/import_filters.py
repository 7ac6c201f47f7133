"""Filters that an import applies before extraction: by site, by declaration, by language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from storage.errors import UsageError
from storage.messages import message

NameOf = Callable[[str], str]  # URL to the name of its site
LANGUAGES = ("ar",)  # languages that the filter detects by letters
_LEAST_LETTERS = 200  # Arabic letters; fewer may be a link to another edition, or a name
_LANGUAGE = re.compile(rb"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HEAD = 4096  # bytes in which a page states its language and encoding
_OTHER_SCRIPT = re.compile(rb"windows-1256|iso-8859-6|cp1256|x-mac-arabic", re.IGNORECASE)


@dataclass(slots=True)
class ImportFilters:
    """A page must pass every filter that is set. sites: names of sites, or hosts without "www."; empty: all.

    name_of: returns the name of a URL's site. is_declared: whether its site is declared. Called once for each host.
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
        """Why to leave out a page, by its URL: "site" or "undeclared"; None: keep it. site: that the page states."""
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
        except UsageError:  # not a URL that can be fetched
            return "site"

    def leave_out_page(self, body: bytes, charset: bytes = b"") -> str | None:
        """Why to leave out a page, by its bytes: "language"; None: keep it. charset: from its headers.

        A stated language is believed. A page without one must contain Arabic letters.
        """
        if self.language is None:
            return None
        head = body[:_HEAD]
        stated = _LANGUAGE.search(head)
        if stated is not None:
            # Many templates state "en" around Arabic text, so "en" alone excludes nothing.
            if stated[1].lower() == self.language.encode():
                return None
            if stated[1].lower() != b"en":
                return "language"
        if _OTHER_SCRIPT.search(charset) or _OTHER_SCRIPT.search(head):
            return None  # extraction checks the letters
        letters = body.count(b"\xd8") + body.count(b"\xd9")  # first bytes of Arabic letters in UTF-8
        if letters < _LEAST_LETTERS and b"\x00" in head[:64]:
            return None  # UTF-16: extraction checks
        return None if letters >= _LEAST_LETTERS else "language"

    def leave_out_text(self, text: str, stated: str | None) -> str | None:
        """Why to leave out an article, by its language: "language"; None: keep it. stated: language in its record."""
        if self.language is None:
            return None
        if stated is not None:
            return None if stated.lower().partition("-")[0] == self.language else "language"
        sample = text[:2000]
        letters = sum(map(str.isalpha, sample))
        return None if 2 * len(_ARABIC.findall(sample)) > letters else "language"
