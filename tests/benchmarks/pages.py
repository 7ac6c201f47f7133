"""The shipped fixtures: pages as themes and CMSs print them, rendered from templates and stories, with their gold.

Deterministic: the same bytes in every run. The gold is not read from the page; it is what the page was made of.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tests.benchmarks import inserts
from tests.benchmarks.corpora import Case, Corpus, Gold
from tests.benchmarks.heads import TELLS, Address, head, modified
from tests.benchmarks.markup import blocks
from tests.benchmarks.sheets import LOOKS, SHEETS, Look, Sheet
from tests.benchmarks.stories import Story, headlines, stories
from tests.benchmarks.wordings import clock, fetched, known, worded

FOLDER = Path(__file__).parent / "themes"
MENU = ("محليات", "سياسة", "اقتصاد", "رياضة", "ثقافة", "علوم", "رأي", "اتصل بنا")
ENCODINGS = {"cp1256": "windows-1256", "cp1256-silent": "windows-1256", "utf8-stale": "utf-8"}


def fixtures() -> Corpus:
    """All pages of SHEETS."""
    return Corpus("fixtures", "Shipped fixtures", tuple(render(sheet) for sheet in SHEETS))


def render(sheet: Sheet) -> Case:
    """One page and its gold."""
    look, story = LOOKS[sheet.template], stories()[sheet.story]
    page = _Page(sheet, look, story)
    html = page.html()
    encoding = next((ENCODINGS[each] for each in page.extras if each in ENCODINGS), "utf-8")
    served = "text/html; charset=windows-1256" if "cp1256" in page.extras else "text/html"
    return Case(
        name=sheet.name,
        body=html.encode(encoding, "xmlcharrefreplace"),
        gold=page.gold(),
        content_type=served,
        fetched_at=fetched(sheet.date, story.published),
        kind=look.kind,
    )


@cache
def parts(template: str) -> dict[str, str]:
    """The named parts of a theme: "page", and those that are repeated or may be absent in it."""
    text = (FOLDER / f"{template}.html").read_text(encoding="utf-8")
    cut = re.split(r"<!-- part (\w+) -->\n", text)
    return {name: part.removesuffix("\n") for name, part in zip(cut[1::2], cut[2::2], strict=True)}


@cache
def labels(template: str) -> tuple[str, ...]:
    """What the theme itself prints around an article, as its first line lists it."""
    first = (FOLDER / f"{template}.html").read_text(encoding="utf-8").splitlines()[0]
    return tuple(first.removeprefix("<!-- labels: ").removesuffix(" -->").split(" | "))


class _Page:
    """The values that a page's parts are filled with."""

    def __init__(self, sheet: Sheet, look: Look, story: Story) -> None:
        self.sheet, self.look, self.story = sheet, look, story
        self.extras = sheet.extras.split()
        self.parts = parts(sheet.template)
        self.number = 4100 + 37 * list(stories()).index(story.key)
        slug = "-".join(re.findall(r"\w+", story.title)[:6])
        path = look.path.format(id=self.number, slug=slug, year=story.published.year, month=story.published.month)
        base = f"https://{look.host}"
        image = f"{base}/uploads/{story.published:%Y/%m}/{story.key}.jpg"
        self.at = Address(base + path, look.site, base, image)
        start = self.number % len(headlines())
        turned = [*headlines()[start:], *headlines()[:start]]
        self.related, self.popular, self.inline, self.other = turned[:3], turned[3:7], turned[7:9], turned[9]
        self.also = turned[10]

    def shows(self, name: str) -> bool:
        """Whether the theme prints that value of the article."""
        return f"${name}" in self.parts["page"]

    def html(self) -> str:
        """The whole page, as text."""
        story, when = self.story, self.story.published
        page = self.parts["page"]
        top = self._charset() + head(self.sheet.head, story, self.at)
        return Template(page).substitute(
            self._common(),
            head=top,
            title=escape(story.title),
            subtitle=self._part("subtitle", text=story.subtitle),
            date=worded(self.sheet.date, when),
            date_iso=when.isoformat(),
            day_iso=when.date().isoformat(),
            modified_iso=modified(story).isoformat(),
            clock=clock(when),
            today=worded("weekday", fetched(self.sheet.date, when)),
            crumbs=self._each("crumb", self._named(story.categories[:1], "category")),
            badges=self._each("badge", self._named(story.categories, "category")),
            authors=self._each("author", self._named(story.authors, "author")),
            first_author=story.authors[0] if story.authors else self.look.site,
            tags=self._part("tags", links=self._each("tag", self._named(story.tags, "tag"))),
            source=self._part("source", name=story.agency),
            featured=self._part("featured", caption=self._part("caption", text=story.caption) or " "),
            body=self._body(),
            related=self._cards("card", self.related),
            popular=self._cards("side", self.popular),
            other=self.other,
            menu="".join(
                f'<li class="menu-item"><a href="{self.at.base}/c/{n}/">{m}</a></li>' for n, m in enumerate(MENU)
            ),
            comments=self._part("comments", title=escape(story.title), **inserts.COMMENT)
            if "comments" in self.extras
            else "",
            cookie=inserts.COOKIES if "cookie" in self.extras else "",
            appended=self._appended(),
        )

    def gold(self) -> Gold:
        """What the page was made of, as far as it shows it."""
        story, tells = self.story, TELLS[self.sheet.head]
        exact = "date" in tells or self.shows("date_iso")
        dated = exact or self.shows("date")
        every = self.shows("badges") or "categories" in tells
        sections = every or self.shows("crumbs") or "section" in tells
        credited = self.shows("source") or "sourceline" in self.extras
        named = self.shows("authors") or "authors" in tells or "byline" in self.extras
        return Gold(
            url=self.at.url,
            title=story.title,
            paragraphs=story.paragraphs,
            subtitle=story.subtitle if self.shows("subtitle") and "subtitle" in self.parts else None,
            authors=story.authors if named else (),
            published=(story.published.isoformat() if exact else known(self.sheet.date, story.published))
            if dated
            else None,
            section=story.categories[0] if sections else None,
            categories=story.categories if every else story.categories[:1] if sections else (),
            tags=story.tags if self.shows("tags") or "tags" in tells else (),
            image=self.at.image,
            agency=story.agency if credited else None,
            must_not_contain=tuple(self._strange()),
        )

    def _strange(self) -> Iterable[str]:
        """What stands on the page and isn't the article's text."""
        yield from labels(self.sheet.template)
        for name, values in (("related", self.related), ("popular", self.popular), ("other", (self.other,))):
            if self.shows(name):
                yield from values
        if self.story.caption and "caption" in self.parts and self.shows("featured"):
            yield self.story.caption
        if self.shows("appended"):
            yield inserts.next_story(self.story).title
            yield inserts.next_story(self.story).paragraphs[0]
        yield from inserts.strange(self.extras, self.story, also=self.also, inline=self.inline, number=self.number)
        if "comments" in self.extras and "comments" in self.parts:
            yield inserts.COMMENT["text"]
        if "pages" in self.extras:
            yield inserts.PAGES_LABEL

    def _charset(self) -> str:
        """Declared in the head where the theme's markup doesn't; not at all on "silent" pages, wrongly on "stale" ones."""
        if "charset=" in self.parts["page"].lower() or "cp1256-silent" in self.extras:
            return ""
        name = "windows-1256" if {"cp1256", "utf8-stale"} & set(self.extras) else "utf-8"
        return f'<meta http-equiv="Content-Type" content="text/html; charset={name}">\n'

    def _body(self) -> str:
        cards = self._cards("side" if "side" in self.parts else "card", self.inline)
        boxed = self._part("inline", items=cards) if "inline" in self.extras else ""
        style = self.sheet.markup or self.look.markup
        after = inserts.inserted(
            self.extras, self.story, style=style, at=self.at, boxed=boxed, also=self.also, number=self.number
        )
        return blocks(self.story.body, style, after=after)

    def _appended(self) -> str:
        story = inserts.next_story(self.story)
        body = blocks(story.body, self.look.markup, after={})
        return self._part(
            "appended", title=escape(story.title), body=body, date=worded(self.sheet.date, story.published)
        )

    def _common(self) -> Mapping[str, str]:
        return {
            "url": self.at.url,
            "base": self.at.base,
            "site": self.at.site,
            "image": self.at.image,
            "id": str(self.number),
        }

    def _part(self, name: str, /, **values: str | None) -> str:
        """The part filled; "" when the theme has none or a value is absent."""
        if name not in self.parts or not all(values.values()):
            return ""
        return Template(self.parts[name]).substitute(self._common(), **values)

    def _each(self, name: str, values: list[dict[str, str]]) -> str:
        """The part once for each, joined by the part NAME_join."""
        if name not in self.parts:
            return ""
        join = self.parts.get(f"{name}_join", "")
        return join.join(Template(self.parts[name]).substitute(self._common(), **each) for each in values)

    def _named(self, names: Iterable[str], place: str) -> list[dict[str, str]]:
        return [
            {"name": escape(name), "url": f"{self.at.base}/{place}/{name.replace(' ', '-')}/", "number": str(60 + n)}
            for n, name in enumerate(names)
        ]

    def _cards(self, name: str, titles: Iterable[str]) -> str:
        """Links to other articles, each newer than this one: what a reader may take for its date."""
        card = self.parts.get(name) or '<li><a href="$url">$title</a></li>'
        html = []
        for number, title in enumerate(titles, 1):
            when = self.story.published + timedelta(days=number, hours=number)
            form = {"hours": "wordpress", "days": "wordpress", "labelled": "numeric"}.get(
                self.sheet.date, self.sheet.date
            )
            values = {"title": title, "date": worded(form, when), "card_iso": when.isoformat()}
            values |= {
                "url": f"{self.at.base}/{self.number + number}/",
                "image": f"{self.at.base}/uploads/{number}.jpg",
            }
            html.append(Template(card).substitute({**self._common(), **values}))
        return "".join(html)
