"""A Beirut portal of minute-stamped news: live tickers above and beside, a source instead of a writer, live pages, the next story below."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import changed, elsewhere, filled, listed, text
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<a class="mainMenuItem" href="{url}">{label}</a>', '<a class="mainMenuItem selectedItem" href="{url}">{label}</a>')  # fmt: skip
    strip = rows(page, 4, '<div class="tickerItem"><span class="tickerTime">{clock}</span><a href="{url}">{title}</a></div>')  # fmt: skip
    live = rows(page, 10, '<div class="mostRecentRow"><div class="mrTime">{clock}</div><div class="mrTitle"><a href="{url}">{title}</a></div></div>')  # fmt: skip
    money = page.out(f"الدولار {page.random.randint(89, 90)}.{page.random.randint(100, 900)} ل.ل.")
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta http-equiv="content-type" content="text/html; charset=utf-8">{head}</head><body dir="rtl"><div class="topBar"><span class="clock">{page.today()}</span><span class="rate">{money}</span><a href="/app">{page.label("follow")}</a></div><div class="headerWrap"><a class="logoA" href="/"><img src="/Content/logo.png" title="{name}"></a><div class="menuWrap">{lines}</div></div><div class="breakingBar"><div class="bbLabel">{page.label("breaking")}</div>{strip}</div>'
        f'<div class="pageWrap"><div class="contentCol">{main}</div><div class="liveCol"><div class="liveTitle">{page.label("latest")}</div><div class="mostRecentList">{live}</div><div class="adBox">{page.label("ad")}</div></div></div><div class="footerWrap"><span>{page.label("footer")}</span><span>{page.label("disclaimer")}</span></div></body></html>'
    )


def _entries(page: Page) -> str:
    minute, entries = 59, []
    for part in text_html(page.the.blocks, p='<div class="liveText">{}</div>', h='<div class="liveHead">{}</div>', quote='<div class="liveText">"{}"</div>'):  # fmt: skip
        clock = page.out(f"{page.the.when.hour:02}:{max(minute, 10):02}")
        minute -= page.random.randint(2, 6)
        entries.append(f'<div class="liveEntry"><div class="liveTime">{clock}</div><div class="liveContent">{part}<div class="liveShare">{page.label("share")}</div></div></div>')  # fmt: skip
    return "".join(entries)


def _next(page: Page) -> str:
    other = page.another()
    return f'<div class="articleWrap nextArticle" data-url="{escape(page.outlet.url(other))}"><div class="articleTitle">{escape(other.headline)}</div><div class="articleInfo">{page.date(other)}</div><div class="articleText">{"".join(text_html(other.blocks, p="<div>{}</div>"))}</div></div>'


def article(page: Page) -> str:
    story = page.the
    live = page.chance(0.15)
    pieces = [
        lambda: f'<div class="inlineRel"><div class="irLabel">{page.pick("also")}</div>{rows(page, 2, "<a href={url}>{title}</a>")}</div>',
        lambda: f'<div class="adInline"><span>{page.label("ad")}</span></div>',
        lambda: f'<div class="waBox"><a href="https://wa.example">{page.pick("newsletter")}</a></div>',
        lambda: f'<blockquote class="twitter-tweet" data-lang="ar"><p>{page.pick("post")}</p>— {page.pick("nick")} <a href="https://x.example">{page.out("October 4, 2024")}</a></blockquote>',
    ]  # fmt: skip
    body = _entries(page) if live else text(page, pieces, 2, story.blocks, p="<div>{}</div><br>", h="<div><b>{}</b></div>", quote="<div>&quot;{}&quot;</div><br>", item="<div>• {}</div>", items="{}<br>")  # fmt: skip
    banner = f'<div class="liveBanner"><span>{page.label("live")}</span></div>' if live else ""
    if story.agency:
        source = f'{page.out("المصدر:")} <a href="/s/1">{escape(story.agency)}</a>'
    else:
        source = f"{page.out('المصدر:')} {page.pick('special')}"
    writer = f'<div class="articleWriter"><a href="/writer/1"><img src="/w.jpg"></a>{listed("<a href=/writer/{n}>{text}</a>", story.authors, " - ")}</div>' if story.authors else ""  # fmt: skip
    tags = f'<div class="keywords"><b>{page.label("tags")}</b> {"، ".join(escape(tag) for tag in story.tags)}</div>' if story.tags else ""  # fmt: skip
    again = f'<span class="upd">{page.label("updated")} {changed(page)}</span>' if page.chance(0.3) else ""
    main = (
        f'<div class="articleWrap"><div class="articleCat" style="color:#0a5">{page.out(story.section.label)}</div><h1 class="articleTitle">{escape(story.headline)}</h1>{filled("<div class=articleSub>{}</div>", story.subtitle)}{writer}<div class="articleInfo"><span>{page.date()}</span>{again}<span class="src">{source}</span></div><div class="articleImg"><img src="{page.image()}"><div class="imgCap">{page.out(story.caption)}</div></div><div class="articleTools">A+ A- {page.label("tools")}</div>{banner}'
        f'<div class="articleText">{body}</div>{tags}<div class="shareRow">{page.label("share")}</div></div><div class="relWrap"><div class="boxTitle">{page.label("related")}</div>{rows(page, 4, "<div class=relRow><a href={url}><img src={image}></a><a href={url}>{title}</a><i>{clock}</i></div>")}</div>{_next(page) if page.chance(0.6) else ""}<div class="mostWrap"><div class="boxTitle">{page.label("most")}</div>{rows(page, 5, "<div><a href={url}>{title}</a></div>")}</div>'
    )
    head = f'<title>{escape(page.outlet.title)} - {escape(story.headline)}</title><meta property="og:title" content="{escape(page.outlet.title)} - {escape(story.headline)}"><meta property="og:image" content="{page.image()}">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    slide = cards(page, '<div class="slide"><a href="{url}"><img src="{image}"></a><div class="slideTitle"><a href="{url}">{title}</a></div></div>')  # fmt: skip
    row = cards(page, '<div class="catRow"><div class="catTime">{date}</div><a class="catImg" href="{url}"><img src="{image}"></a><a class="catTitle" href="{url}">{title}</a><div class="catLead">{lead}</div></div>')  # fmt: skip
    others = elsewhere(page, '<div class="catBox"><div class="boxTitle"><a href="{url}">{label}</a></div>{items}</div>', '<div class="catBoxRow"><a href="{url}">{title}</a></div>', 2)  # fmt: skip
    pages = pager(page, '<a class="pageNb" href="{url}">{n}</a>', '<b class="pageNb">{n}</b>')
    main = f'<div class="slider">{"".join(slide[:3])}</div><div class="adBox">{page.label("ad")}</div><div class="catList">{"".join(row[3:])}</div><div class="pages">{pages}</div>{others}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "minute_ticker", article, listing, address("/news/{s}/{n}/x"), section_address=section_address("/section/{s}", "?p={n}"),
    dates=("levant-bar", "numbers-bar", "levant-clock"), zones=("Asia/Beirut",),
    habits=Habits(bylines=0.25, agencies=0.4, subtitles=0.15, datelines=0.0, tags=0.6, extras=0.2, shortest=1, longest=9),
)  # fmt: skip
