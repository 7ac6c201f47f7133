"""A Cairo mass site: two more articles appended to each, polls, the writer below the picture, text in nested divs."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, poll, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li><a href="{url}" title="{label}">{label}</a></li>')
    urgent = f'<div class="urgentNews"><span>{page.label("breaking")}</span>{rows(page, 1, "<a href={url}>{title}</a>")}</div>' if page.chance(0.4) else ""  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{top}</head><body dir="rtl"><div class="header"><h2 class="logo"><a href="/">{escape(page.outlet.title)}</a></h2><div class="hDate">{page.today()}</div><div class="editors"><p>{page.out("رئيس مجلس الإدارة")}</p><p>{page.out("رئيس التحرير")}</p></div></div><div class="navBar"><ul>{lines}</ul></div>{urgent}<div class="container">{main}</div>'
        f'<div class="footerCont"><ul>{about(page, "<li><a>{text}</a></li>")}</ul><span>{page.label("footer")}</span></div></body></html>'
    )


def _appended(page: Page) -> str:
    other = page.another(page.random.randint(2, 5))
    body = "".join(text_html(other.blocks, p="<div><p>{}</p></div>"))
    writer = escape(other.authors[0] if other.authors else page.outlet.title)
    return f'<div class="articleCont next-article" data-url="{escape(page.outlet.url(other))}"><div class="articleHeader"><h1 class="title-2">{escape(other.headline)}</h1></div><div class="img-cont"><img src="{page.image(other)}"></div><div class="writeBy">{page.out("كتب")} - {writer}</div><div class="articleBody"><div class="txt">{body}</div></div><div class="showMore"><button>{page.label("next")}</button></div></div>'


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="relatedInBody"><div class="rib"><span>{page.pick("also")}..</span> {rows(page, 1, "<a href={url}>{title}</a>")}</div></div>',
        lambda: f'<div><p><a href="#"><strong>{page.out("موضوعات متعلقة:")}</strong></a></p>{rows(page, 2, "<p><a href={url}>{title}</a></p>")}</div>',
        lambda: f'<div class="adv"><span>{page.label("ad")}</span></div>',
        lambda: f'<div style="text-align:center"><img src="/images/{page.random.randint(1, 99)}.jpg"><div class="imgCaption">{page.pick("caption")}</div></div>',
        lambda: f'<div class="video-c"><iframe src="https://www.youtube.com/embed/v{page.random.randint(1, 10**6)}"></iframe></div>',
    ]  # fmt: skip
    body = text(page, pieces, 4, p="<div><p>{}</p></div>", h="<div><p><strong>{}</strong></p></div>", quote="<div><p>&quot;{}&quot;</p></div>", items='<div class="lst">{}</div>', item="<div>- {}</div>", table="<div><table>{}</table></div>")  # fmt: skip
    if story.authors:
        verb = page.out("كتبت" if page.chance(0.2) else "كتب")
        by = f'<div class="writeBy">{verb} - {" - ".join(escape(each) for each in story.authors)}</div>'
    elif story.agency:
        by = f'<div class="writeBy">{page.out("وكالات الأنباء")} - {escape(story.agency)}</div>'
    else:
        by = f'<div class="writeBy">{page.out(page.outlet.title)}</div>' if page.chance(0.5) else ""
    source = f'<div class="agency">{page.out("نقلاً عن:")} {escape(story.agency)}</div>' if story.agency and story.authors else ""  # fmt: skip
    tags = "".join(f'<h3 class="tagItem"><a href="/Tags/{n}">{escape(each)}</a></h3>' for n, each in enumerate(story.tags))  # fmt: skip
    bar = f'<div class="tags-div">{tags}</div>' if tags else ""
    sub = f'<h2 class="subTitle">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    kicker = f'<span class="kick">{page.pick("kicker")}</span>' if page.chance(0.3) else ""
    vote = poll(page, '<div class="pollBox"><div class="pollQ">{question}</div><ul>{answers}</ul></div>', "<li>{text}</li>") if page.chance(0.4) else ""  # fmt: skip
    more = "".join(_appended(page) for _ in range(2))
    main = (
        f'<div class="rightSide"><div class="articleCont" id="article-{story.number}"><div class="breadcumb"><a href="/">{page.label("home")}</a><a href="{here(page)}">{page.out(story.section.label)}</a></div><div class="articleHeader">{kicker}<h1 class="title-2">{escape(story.headline)}</h1>{sub}<span class="newsStoryDate">{page.date()}</span></div><div class="img-cont"><img src="{page.image()}" alt="{escape(story.caption)}"><span class="imgDesc">{page.out(story.caption)}</span></div>{by}<div class="shareSide"><span>{page.label("share")}</span></div>'
        f'<div class="articleBody"><div class="txt"><div id="articleBody">{body}</div></div></div>{source}{bar}{vote}<div class="relatedNews"><h4>{page.label("related")}</h4><ul>{rows(page, 4, "<li><a href={url}><img src={image}><span>{title}</span></a></li>")}</ul></div></div>{more}</div><div class="leftSide"><div class="most"><h4>{page.label("most")}</h4>{rows(page, 6, "<div class=mItem><i>{n}</i><a href={url}>{title}</a></div>")}</div></div>'
    )
    meta = f'<meta property="og:title" content="{escape(story.headline)} - {escape(page.outlet.title)}"><meta property="og:image" content="{page.image()}"><meta name="Author" content="webmaster"><meta property="article:published_time" content="0001-01-01T00:00:00">'
    return _frame(page, head(page, meta, title="{title} - {outlet}"), main)


def listing(page: Page) -> str:
    big = cards(page, '<div class="bigOneSec"><a class="bigOneImg" href="{url}"><img src="{image}"></a><h3><a href="{url}">{title}</a></h3><p>{lead} ...</p><span class="newsDate">{date}</span></div>')  # fmt: skip
    tiny = cards(page, '<li class="smallOne"><a href="{url}"><img src="{image}"></a><h3><a href="{url}">{title}</a></h3></li>')  # fmt: skip
    title = f'<div class="catTitle">{escape(page.section.label)}</div>' if page.section else ""
    links = "".join(f'<a href="{escape(page.outlet.section_url(page.section, n))}">{n}</a>' for n in (1, 2, 3)) if page.section else ""  # fmt: skip
    others = boxes(page, '<div class="secBox"><div class="secTitle"><a href="{url}">{label}</a></div><ul>{items}</ul></div>', '<li class="smallOne"><a href="{url}"><img src="{image}"></a><h3><a href="{url}">{title}</a></h3></li>') if page.section is None else ""  # fmt: skip
    side = rows(page, 6, "<div class=mItem><i>{n}</i><a href={url}>{title}</a></div>")
    first = "".join(big) if page.section else f'{"".join(big[:4])}<ul class="topList">{"".join(tiny[4:])}</ul>'
    main = f'<div class="rightSide">{title}{first}<div id="paging">{links}</div>{others}</div><div class="leftSide"><div class="most"><h4>{page.label("most")}</h4>{side}</div></div>'
    return _frame(page, head(page), main)


BUILD = Build(
    "masr_scroll", article, listing, address("/story/{d}/{n}"), section_address=section_address("/{s}/65", "/{n}"),
    dates=("weekday-ampm", "named-slash", "weekday-slash"), zones=("Africa/Cairo",),
    habits=Habits(bylines=0.8, agencies=0.25, subtitles=0.2, datelines=0.0, tags=0.6, extras=0.4, shortest=2, longest=9),
)  # fmt: skip
