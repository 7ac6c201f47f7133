"""What the genres' sites share: furniture in the middle of a text, JSON-LD right and wrong, text of several markups."""

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from tests.benchmarks.invented.developed_genres.genres import Entry
from tests.benchmarks.invented.developed_portals.parts import rows
from tests.benchmarks.invented.developed_regions.fittings import between
from tests.benchmarks.invented.pages import Page, text_html

Pieces = Sequence[Callable[[], str]]


def filled(form: str, lines: Sequence[str]) -> list[str]:
    """Each line in the markup of form, with {}."""
    return [form.format(escape(line, quote=False)) for line in lines]


def story_text(page: Page, pieces: Pieces, most: int, **forms: str) -> str:
    """The article's blocks in the markup of forms, with at most so many pieces between them."""
    return between(page, text_html(page.the.blocks, **forms), pieces, most)


def entries_html(entries: Sequence[Entry], form: str, head: str, p: str) -> list[str]:
    """Entries in the markup of a build. form: any of {head} {body} {clock} {n}; head, p: with {}."""
    return [
        form.format(
            head=head.format(escape(each.head, quote=False)) if each.head else "",
            body="".join(filled(p, each.lines)),
            clock=each.clock,
            n=n,
        )
        for n, each in enumerate(entries, 1)
    ]


def reactions(page: Page, form: str) -> str:
    """What readers felt, with counts. form: {text} {n}."""
    return "".join(form.format(text=each, n=page.random.randint(0, 400)) for each in page.several("react", 4))


def summary(page: Page, rule: str, box: str, item: str, note: str = "") -> str:
    """Points that repeat the text, by a machine or an editor. box: {label} {items} {note}; item: {text}."""
    items = "".join(item.format(text=each) for each in page.several("point", 3))
    return box.format(label=page.label(rule), items=items, note=page.pick(note) if note else "")


def read_also(page: Page, box: str, link: str, most: int = 2) -> str:
    """A block of links in the text under a wording of its own. box: {label} {items}; link: as in rows."""
    return box.format(label=page.pick("also"), items=rows(page, page.random.randint(1, most), link))


def writers_box(page: Page, form: str) -> str:
    """Picture, role and life of the writers under or over a text. form: {name} {job} {bio} {n}."""
    texts = []
    for n, each in enumerate(page.the.authors, 1):
        told = {rule: page.pick(rule) for rule in ("job", "bio") if f"{{{rule}}}" in form}
        texts.append(form.format(name=escape(each), n=len(each) * n, **told))
    return "".join(texts)


def ld(page: Page, kind: str, **fields: Any) -> str:
    """JSON-LD of the page. fields: those of the item besides headline and address; None leaves one out."""
    story = page.the
    item = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.headline,
        "mainEntityOfPage": page.outlet.url(story),
    }
    item |= fields
    item = {key: value for key, value in item.items() if value is not None}
    return f'<script type="application/ld+json">{json.dumps(item, ensure_ascii=False)}</script>'


def organization(page: Page) -> str:
    """JSON-LD that tells of the site alone."""
    item = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "NewsMediaOrganization", "name": page.outlet.title, "url": f"https://{page.outlet.host}/"},
            {"@type": "WebSite", "name": page.outlet.title, "publisher": {"@type": "Organization"}},
        ],
    }
    return f'<script type="application/ld+json">{json.dumps(item, ensure_ascii=False)}</script>'


def og(page: Page, title: str = "{title}") -> str:
    """Open Graph as sites have it. title: {title} {outlet}."""
    line = title.format(title=escape(page.the.headline), outlet=escape(page.outlet.title))
    return (
        f'<meta property="og:title" content="{line}"><meta property="og:image" content="{page.image()}">'
        f'<meta property="og:site_name" content="{escape(page.outlet.title)}"><meta property="og:type" content="article">'
    )


def people(page: Page) -> list[dict[str, str]] | None:
    """The writers as JSON-LD has them."""
    return [{"@type": "Person", "name": each} for each in page.the.authors] or None


def more_link(page: Page, form: str) -> str:
    """The way to the next page of a category. form: {url} {label}."""
    if page.section is None:
        return ""
    return form.format(url=escape(page.outlet.section_url(page.section, page.number + 1)), label=page.label("next"))
