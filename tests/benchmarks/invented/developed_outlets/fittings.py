"""What several of these outlets print alike: addresses that repeat the headline, JSON for machines, boxes of other sections."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.printed_dates import printed
from tests.benchmarks.invented.stories import Block, Story


def _slugged(form: str, _: Outlet, story: Story) -> str:
    title = quote("-".join(story.headline.replace("؟", "").replace(":", "").split()))
    return form.format(n=story.number, s=story.section.slug, d=f"{story.when:%Y/%m/%d}", t=title)


def slugged(form: str) -> Callable[[Outlet, Story], str]:
    """Addresses of articles. form: with any of {n}, {s}, {d} and {t}: number, section, day, headline."""
    return partial(_slugged, form)


def ld(*things: dict[str, Any]) -> str:
    """JSON-LD, a script for each thing."""
    return "".join(
        f'<script type="application/ld+json">{json.dumps(each, ensure_ascii=False)}</script>' for each in things
    )


def state(page: Page, attributes: str) -> str:
    """The article and its neighbours as data, such as a framework leaves for the browser."""
    stories = [page.the, *(each for each in page.outlet.stories[:3] if each is not page.the)]
    rows = [
        {"id": each.number, "title": each.headline, "body": "".join(f"<p>{line}</p>" for line in each.paragraphs)}
        for each in stories
    ]
    said = json.dumps({"page": "details", "article": rows[0], "more": rows[1:]}, ensure_ascii=False)
    return f"<script {attributes}>{said}</script>"


def filled(form: str, text: str | None) -> str:
    """The form with the text, escaped, in its {}; nothing for no text."""
    return form.format(escape(text)) if text else ""


def listed(form: str, texts: Iterable[str], separator: str = "") -> str:
    """Each text, escaped, in the form's {text}; {n} counts from 1."""
    return separator.join(form.format(n=n, text=escape(text)) for n, text in enumerate(texts, 1))


def changed(page: Page, form: str | None = None) -> str:
    """When the page was last changed, some minutes after the article appeared; form: of FORMS, default the site's."""
    when = page.the.when + timedelta(minutes=page.random.randint(4, 90))
    return page.out(printed(form or page.outlet.date_form, when, indic=page.outlet.indic))


def elsewhere(page: Page, box: str, item: str, count: int = 3) -> str:
    """On a category's page, boxes of other sections. box: {url} {label} {items}; item: {url} {title} {image}."""
    if page.section is None:
        return ""
    outlet, boxes = page.outlet, []
    for section in outlet.sections:
        own = [each for each in outlet.stories if each.section is section and each not in page.shown][:count]
        if section is not page.section and own:
            items = (
                item.format(url=escape(outlet.url(each)), title=escape(each.headline), image=page.image(each))
                for each in own
            )
            boxes.append(
                box.format(url=escape(outlet.section_url(section)), label=escape(section.label), items="".join(items))
            )
    return "".join(boxes)


def text(page: Page, pieces: Sequence[Callable[[], str]], most: int, blocks: Sequence[Block], **markup: str) -> str:
    """Blocks of the article with at most so many of the pieces between them, never behind the last one."""
    parts = text_html(blocks, **markup)
    room = range(1, len(parts))
    count = min(len(room), len(pieces), most)
    places, chosen = sorted(page.random.sample(room, count)), page.random.sample(pieces, count)
    return woven(parts, {place: make() for place, make in zip(places, chosen, strict=True)})


def section_url(page: Page) -> str:
    """The address of the article's section, escaped."""
    return escape(page.outlet.section_url(page.the.section))


def further(page: Page, link: str) -> str:
    """On a category's page, a link to its next one. link: {url} {label}."""
    if page.section is None:
        return ""
    url = page.outlet.section_url(page.section, page.number + 1)
    return link.format(url=escape(url), label=page.label("next"))
