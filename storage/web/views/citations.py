"""Citations of one version of an article: APA, Chicago, BibTeX and RIS, with permalink, version and digest."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.web.views.interface_words import MONTHS
from storage.web.views.marked_text import plain, readable_url

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedVersion:
    """The facts of a citation. published: as in exports. archived: when the version was first seen. site: its name."""

    article_id: int
    version: int
    title: str
    authors: tuple[str, ...]
    site: str
    published: str | None
    archived: str
    url: str
    permalink: str
    digest: str


def cited_version(record: dict[str, Any], version: dict[str, Any], site: str, permalink: str) -> CitedVersion:
    """record: of `article_by`; version: of `queries.version`; site: the newspaper's name."""
    return CitedVersion(
        record["id"], version["number"], plain(version["title"]), tuple(map(plain, record["authors"])), plain(site),
        record["published_at"], version["seen_at"], plain(record["url"]), permalink, version["content_sha256"],
    )  # fmt: skip


def apa(cited: CitedVersion) -> tuple[str, ...]:
    """In the style of the American Psychological Association, 7th edition: parts, to be joined by blanks.

    They are separate because their text directions differ.
    """
    day = _day(cited.published)
    when = f"{day.year}, {MONTHS['en'][day.month - 1]} {day.day}" if isinstance(day, date) else day or "n.d."
    title = f"{cited.title}."
    head = (f"{', '.join(cited.authors)}.", f"({when}).", title) if cited.authors else (title, f"({when}).")
    stated = f"(version {cited.version}, archived {cited.archived[:10]}: {cited.permalink})"
    return (*head, f"{cited.site}.", readable_url(cited.url), stated)


def chicago(cited: CitedVersion) -> tuple[str, ...]:
    """In the style of the Chicago Manual, as a note; parts as in `apa`."""
    day = _day(cited.published)
    when = f"{MONTHS['en'][day.month - 1]} {day.day}, {day.year}" if isinstance(day, date) else day or "n.d."
    by = (f"{' and '.join(cited.authors)},",) if cited.authors else ()
    stated = f"version {cited.version}, archived {cited.archived[:10]}, {cited.permalink}."
    return (*by, f"\u201c{cited.title},\u201d", f"{cited.site},", f"{when},", f"{readable_url(cited.url)};", stated)


def arabic(cited: CitedVersion) -> tuple[str, ...]:
    """As Arabic journals cite a newspaper; parts as in `apa`."""
    day = _day(cited.published)
    when = f"{day.day} {MONTHS['ar'][day.month - 1]} {day.year}" if isinstance(day, date) else day or "بلا تاريخ"
    by = (f"{'، '.join(cited.authors)}،",) if cited.authors else ()
    stated = (f"النسخة {cited.version}، حُفظت في {cited.archived[:10]}:", cited.permalink)
    return (*by, f"«{cited.title}»،", f"{cited.site}،", f"{when}،", f"{readable_url(cited.url)}؛", *stated)


def bibtex(cited: CitedVersion) -> str:
    """An entry for biblatex (`@online`), in UTF-8."""
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "author": " and ".join(f"{{{_tex(author)}}}" for author in cited.authors),
        "organization": _tex(cited.site),
        "date": (cited.published or "")[:10],
        "url": _tex_url(cited.url),
        "urldate": cited.archived[:10],
        "version": str(cited.version),
        "note": _tex(f"Archived: {cited.permalink}; SHA-256 of headline and text: {cited.digest}"),
        "langid": "arabic",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{warraq-{cited.article_id}-{cited.version},", *lines, "}", ""])


def ris(cited: CitedVersion) -> str:
    """A record of reference managers, type ELEC; lines end in CR LF."""
    fields = [
        ("TY", "ELEC"),
        ("TI", cited.title),
        *(("AU", author) for author in cited.authors),
        ("T2", cited.site),
        ("DA", (cited.published or "")[:10].replace("-", "/")),
        ("Y2", cited.archived[:10].replace("-", "/")),
        ("UR", cited.url),
        ("L2", cited.permalink),
        ("ET", str(cited.version)),
        ("N1", f"SHA-256 of headline and text: {cited.digest}"),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {value}\r\n" for name, value in fields if value or name == "ER")


def _day(published: str | None) -> date | str | None:
    """The day; the year and month as written if the day is unknown; None if no date is known."""
    if not published:
        return None
    return date.fromisoformat(published[:10]) if len(published) >= 10 else published


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _tex_url(url: str) -> str:
    return re.sub(r"[{}\\\s]", "", url)
