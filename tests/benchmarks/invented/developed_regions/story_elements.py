"""A Gulf business daily on a React story system: each element of a story in its own div, key facts, the state as JSON."""

import json
from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Story


def _frame(page: Page, top: str, main: str, state: str) -> str:
    lines = menu(page, '<li class="menu-item-m__item__3xY1"><a class="menu-item-m__link__9pQ" href="{url}">{label}</a></li>')  # fmt: skip
    prices = "".join(f"<li><span>{name}</span><b>{page.random.randint(900, 9000)}.{page.random.randint(10, 99)}</b><i>%{page.random.randint(0, 3)}.{page.random.randint(10, 99)}</i></li>" for name in ("تاسي", "سوق دبي", "برنت", "ذهب"))  # fmt: skip
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{top}</head><body><div id="header"><div class="header-m__wrapper__2hQ"><a href="/" class="header-m__logo__1aZ"><img src="/logo.svg" alt="{escape(page.outlet.title)}"></a><ul class="menu-m__list__7Tk">{lines}</ul></div><ul class="ticker-m__prices__6">{prices}</ul></div><div id="container">{main}</div>'
        f'<script type="application/json" id="static-page">{state}</script><div id="footer"><div class="footer-m__links__0">{about(page, "<a>{text}</a>")}</div><div class="copyright-m__text__8">{page.label("footer")}</div></div></body></html>'
    )


def _state(page: Page, stories: list[Story]) -> str:
    data = [
        {
            "id": f"{each.number:08x}",
            "headline": each.headline,
            "slug": page.outlet.address(page.outlet, each),
            "published-at": int(each.when.timestamp() * 1000),
            "author-name": each.authors[0] if each.authors else "desk",
            "cards": [{"story-elements": [{"type": "text", "text": each.paragraphs[0][:90]}]}],
        }
        for each in stories
    ]
    return json.dumps({"qt": {"pageType": "story-page", "data": {"stack": data}}}, ensure_ascii=False)


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="story-element story-element-text-also-read"><h3 class="also-read-m__title__2"><span>{page.label("also")}: </span>{rows(page, 1, "<a href={url}>{title}</a>")}</h3></div>',
        lambda: f'<div class="story-element story-element-image"><figure><img src="/i/{page.random.randint(1, 999)}.jpg?w=1200"><figcaption class="story-element-image-title"><span class="cap">{page.pick("caption")}</span><span class="image-attribution">{page.pick("credit")}</span></figcaption></figure></div>',
        lambda: f'<div class="story-element ad-slot-m__ad__4"><span>{page.label("ad")}</span></div>',
        lambda: f'<div class="story-element story-element-jsembed story-element-jsembed-twitter"><blockquote class="twitter-tweet"><p>{page.pick("post")}</p><a href="https://x.com/desk/status/19{page.random.randint(10**8, 10**9)}"></a></blockquote></div>',
        lambda: f'<div class="story-element story-element-jsembed"><iframe src="https://www.youtube.com/embed/{page.random.randint(10**6, 10**7)}"></iframe></div>',
    ]  # fmt: skip
    box = '<div class="arr--story-page-card-wrapper"><div class="arrow-component story-element {}"><div>{}</div></div></div>'
    body = text(
        page, pieces, 4,
        p=box.format("story-element-text", "<p>{}</p>"), h=box.format("story-element-title", "<h2>{}</h2>"),
        quote=box.format("story-element-quote", "<blockquote>{}</blockquote>"),
        items=box.format("story-element-text", "<ul>{}</ul>"), item="<li><p>{}</p></li>",
        table=box.format("story-element-table", "<table><tbody>{}</tbody></table>"),
    )  # fmt: skip
    facts = ""
    if page.chance(0.4):
        points = "".join(f"<li>{each}</li>" for each in page.several("point", 3))
        facts = f'<div class="story-element story-element-text-summary"><h2 class="summary-m__title__5">{page.label("summary")}</h2><div><ul>{points}</ul></div></div>'
    people = "".join(f'<a class="author-m__name__1" href="/author/{n}"><img src="/u/{n}.jpg" alt=""><span>{escape(each)}</span></a>' for n, each in enumerate(story.authors))  # fmt: skip
    source = f'<span class="author-m__source__6">{escape(story.agency)}</span>' if story.agency else ""
    desk = "" if people or source else f'<span class="author-m__name__1">{page.out(page.outlet.title)}</span>'
    day = f'<div class="story-date-m__time__3"><span>{page.out("نشر")}:</span><time datetime="{story.when.isoformat()}">{page.date()}</time></div>'
    tags = "".join(f'<a href="/topic/{n}" class="tag-m__item__2">{escape(each)}</a>' for n, each in enumerate(story.tags))  # fmt: skip
    under = f'<div class="tags-m__wrap__8"><h4>{page.label("tags")}</h4>{tags}</div>' if tags else ""
    sub = f'<div class="subheadline-m__text__4"><h3>{escape(story.subtitle)}</h3></div>' if story.subtitle else ""
    main = (
        f'<div class="story-template-m__grid__1"><div class="hero-m__image__0"><figure><img src="{page.image()}" alt="{escape(story.caption)}"></figure><div class="hero-m__caption__7"><p>{page.out(story.caption)}</p><p class="credit">{page.pick("credit")}</p></div></div><div class="header-details-m__3"><a class="section-tag-m__9" href="{here(page)}">{page.out(story.section.label)}</a><h1 class="headline-m__h1__6"><bdi>{escape(story.headline)}</bdi></h1>{sub}<div class="author-m__wrap__2">{people}{source}{desk}</div>{day}<div class="share-m__1">{share(page, "<button>{text}</button>")}</div></div>'
        f'<div class="content-m__body__5">{facts}{body}{under}<a class="gnews" href="https://news.google.com/x">{page.label("follow")}</a></div><div class="side-m__column__2"><h3>{page.label("most")}</h3>{rows(page, 5, "<div class=side-card><i>{n}</i><h6><a href={url}>{title}</a></h6></div>")}</div></div><div class="collection-m__row__4"><h2>{page.label("related")}</h2>{rows(page, 4, "<div class=card-m__1><a href={url}><img src={image}><h6>{title}</h6></a></div>")}</div>'
    )
    ld = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.when.isoformat(),
        "author": [{"@type": "Person", "name": page.outlet.title}],
    }
    top = head(page, f'<script type="application/ld+json">{json.dumps(ld, ensure_ascii=False)}</script>')
    return _frame(page, top, main, _state(page, page.outlet.stories[:3]))


def listing(page: Page) -> str:
    row = cards(page, '<div class="arr--story-card" data-test-id="story-card"><a class="arr--hero" href="{url}"><figure><img src="{image}"></figure></a><div class="arr--content"><div class="arr--section-name">{section}</div><a href="{url}"><h6 class="arr--headline">{title}</h6></a><div class="arr--author-time"><span>{writer}</span><span>{date}</span></div></div></div>')  # fmt: skip
    others = boxes(page, '<div class="arr--collection"><h3><a href="{url}">{label}</a></h3><div class="arr--four">{items}</div></div>', '<div class="arr--mini"><a href="{url}"><h6>{title}</h6></a></div>')  # fmt: skip
    main = f'<div class="arr--first">{"".join(row[:1])}</div><div class="arr--grid">{"".join(row[1:])}</div><button class="load-more-m__1">{page.label("next")}</button>{others if page.section is None else ""}'
    return _frame(page, head(page), main, _state(page, list(page.shown)))


BUILD = Build(
    "story_elements", article, listing, address("/{s}/story-{n}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("gulf-clock", "ampm-words", "month-first"), zones=("Asia/Dubai", "Asia/Riyadh", "Asia/Kuwait"),
    shows=Shows(moment="machine"),
    habits=Habits(bylines=0.6, agencies=0.35, subtitles=0.6, datelines=0.0, tags=0.8, extras=0.6, shortest=4, longest=16),
)  # fmt: skip
