"""A news channel of the Gulf: a city and the channel for a byline, a machine's summary, pulled quotes that repeat the text, hashtags."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import changed, elsewhere, filled, section_url, slugged, text
from tests.benchmarks.invented.developed_portals.parts import cards, menu, rows, section_address, share, shortened
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_ZONES = {"Asia/Dubai": "بتوقيت أبوظبي", "Asia/Riyadh": "بتوقيت السعودية"}


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li class="nav-item"><a class="nav-link" href="{url}">{label}</a></li>', '<li class="nav-item active"><a class="nav-link" href="{url}">{label}</a></li>')  # fmt: skip
    strip = rows(page, 5, '<li class="ticker-li"><a href="{url}">{title}</a></li>')
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar-AE"><head><meta charset="UTF-8">{head}</head><body><div class="smart-banner"><span>{page.label("follow")}</span><a class="smart-banner-open">{page.out("افتح")}</a></div><header class="main-header"><a class="navbar-brand" href="/"><img alt="{escape(outlet.title)}" src="/logo.svg"></a><ul class="navbar-nav">{lines}</ul><div class="live-now"><a href="/live-stream">{page.label("breaking")}</a></div></header><div class="news-ticker"><span class="ticker-title">{page.label("latest")}</span><ul>{strip}</ul></div>'
        f'{main}<footer class="main-footer"><a href="/about">{page.label("footer")}</a><div class="frequencies"><h5>{page.out("ترددات القناة")}</h5><p>{page.out("نايل سات 11938 أفقي معامل الترميز 27500")}</p></div><p>{page.label("disclaimer")}</p></footer></body></html>'
    )


def article(page: Page) -> str:
    video = page.chance(0.12)
    if video:
        shortened(page)
    story = page.the
    zone = page.out(_ZONES[page.outlet.zone])
    pulled = max(story.paragraphs, key=len).split(".")[0]
    pieces = [
        lambda: f'<div class="related-inline"><div class="related-inline-title">{page.pick("also")}</div>{rows(page, 1, "<a class=inline-card href={url}><img src={image}><span>{title}</span></a>")}</div>',
        lambda: f'<div class="article-embed"><div class="embed-twitter"><div dir="rtl">{page.pick("post")}</div><span>@{page.out("channel_ar")}</span></div></div>',
        lambda: f'<div class="ad-unit"><div class="ad-label">{page.label("ad")}</div></div>',
        lambda: f'<div class="article-video"><div class="jw-title">{page.pick("video")}</div><span class="jw-duration">{page.out("1:24")}</span></div>',
        lambda: f'<aside class="pull-quote"><i class="icon-quote"></i>{escape(pulled)}</aside>',
    ]  # fmt: skip
    body = text(page, [] if video else pieces, 3, story.blocks, p='<p class="body-text">{}</p>', h="<h3><strong>{}</strong></h3>", quote='<div class="quote-block"><q>{}</q></div>', item="<li><p>{}</p></li>")  # fmt: skip
    points = page.several("point", 3) if page.chance(0.35) and not video else []
    summary = f'<div class="ai-summary"><div class="ai-head"><i></i>{page.label("points")} <sup>AI</sup></div><ul>{"".join(f"<li>{each}</li>" for each in points)}</ul><small>{page.out("هذا الملخص أعد بمساعدة الذكاء الاصطناعي وراجعه فريق التحرير")}</small></div>' if points else ""  # fmt: skip
    city = page.pick("bureau")
    if story.authors:
        writers = " - ".join(f'<a href="/author/{n}">{escape(each)}</a>' for n, each in enumerate(story.authors))
        by = f"<span>{city} - </span>{writers}"
    elif story.agency:
        by = f"<span>{city} - </span><span>{escape(story.agency)}</span>"
    else:
        by = f"<span>{city} - </span><span>{page.out(page.outlet.title)}</span>"
    tags = "".join(f'<a class="hash" href="/tag?s={n}">#{escape(each.replace(" ", "_"))}</a>' for n, each in enumerate(story.tags))  # fmt: skip
    under = "" if not story.tags else f'<div class="article-tags"><div class="tags-label">{page.label("tags")}</div>{tags}</div>'  # fmt: skip
    source = (
        f'<div class="source-line">{page.out("المصدر: " + story.agency)}</div>'
        if story.agency and story.authors
        else ""
    )
    if video:
        media = f'<div class="main-media video"><video poster="{page.image()}"></video><div class="up-next"><span>{page.out("التالي")}</span>{rows(page, 3, "<a href={url}>{title}</a>")}</div></div>'
    else:
        media = f'<div class="main-media"><img src="{page.image()}" alt="{escape(story.caption)}"><div class="media-caption">{page.out(story.caption)} <span class="copyright">{page.pick("credit")}</span></div></div>'
    main = (
        f'<section class="article-page"><div class="container"><div class="breadcrumb-row"><a href="/">{page.label("home")}</a><i>/</i><a href="{section_url(page)}">{page.out(story.section.label)}</a></div><h1 class="article-title">{escape(story.headline)}</h1>{filled("<h2 class=article-summary>{}</h2>", story.subtitle)}<div class="article-meta"><div class="article-author">{by}</div><div class="article-date"><span>{page.out("نشر في:")} {page.date()} {zone}</span><span>{page.label("updated")}: {changed(page)} {zone}</span></div></div>'
        f'{media}<div class="audio-player"><span>{page.out("استمع للمقال")}</span><span>0:00 / 0:00</span><span>{page.out("1x")}</span></div>{summary}<div class="article-body">{body}</div>{source}<div class="social-bar">{share(page, "<a><i></i>{text}</a>")}</div>{under}<div class="more-news"><h4>{page.label("related")}</h4>{rows(page, 6, "<div class=more-card><a href={url}><img src={image}><h6>{title}</h6></a></div>")}</div></div></section>'
    )
    head = f'<title>{escape(story.headline)} | {escape(page.outlet.title)}</title><meta name="description" content="{escape(story.paragraphs[0][:120])}"><meta property="og:image" content="{page.image()}"><meta name="author" content="{escape(page.outlet.title)}">'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    hero = cards(page, '<div class="hero-card"><a href="{url}"><img src="{image}"><div class="hero-text"><span class="tag-label">{section}</span><h2>{title}</h2></div></a></div>')  # fmt: skip
    grid = cards(page, '<div class="col-md-4"><a class="item-wrapper" href="{url}"><div class="img-holder"><img data-src="{image}"></div><h6>{title}</h6><span class="date">{date}</span></a></div>')  # fmt: skip
    box = '<div class="other-section"><h5><a href="{url}">{label}</a></h5><div class="row">{items}</div></div>'
    others = elsewhere(
        page, box, '<div class="col-3"><a href="{url}"><img src="{image}"><span>{title}</span></a></div>', 4
    )
    more = f'<button class="load-more">{page.label("next")}</button>'
    main = f'<section class="landing"><div class="container"><div class="hero">{"".join(hero[:2])}</div><div class="row">{"".join(grid[2:])}</div>{more}{others}</div></section>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "channel_cities", article, listing, slugged("/{s}/{n}-{t}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("gulf-clock", "weekday-ampm"), zones=tuple(_ZONES),
    habits=Habits(bylines=0.35, agencies=0.35, subtitles=0.3, datelines=0.0, tags=0.8, extras=0.4, shortest=3, longest=11),
)  # fmt: skip
