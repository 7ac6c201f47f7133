"""A Cairo portal that lives by clicks: up to seven boxes between few paragraphs, in many wordings and shapes, and more behind."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import poll, rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, filled, listed, section_url, slugged, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_TEASERS = (
    '<p><strong>{label}:</strong></p>\n<p><a href="{url}"><span style="color:#ff0000"><strong>{title}</strong></span></a></p>',
    '<p style="text-align:center"><strong><a href="{url}" target="_blank">{label}| {title}</a></strong></p>',
    '<div class="read-more-inline"><span>{label}</span><ul><li><a href="{url}">{title}</a></li><li><a href="{url2}">{title2}</a></li></ul></div>',
    '<div class="cardItem clearfix"><a class="imgCont" href="{url}"><img src="/s.jpg" width="120"></a><div class="txtCont"><h3><a href="{url}">{title}</a></h3><span>{label}</span></div></div>',
    '<h2><a href="{url}">{title}</a></h2>',
    '<p><a href="{url}">{title}</a></p><p><a href="{url2}">{title2}</a></p>',
    '<blockquote class="also"><p><a href="{url}">{label} .. {title}</a></p></blockquote>',
)


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li><a href="{url}">{label}</a></li>')
    strip = rows(page, 4, '<li class="newsticker-item"><a href="{url}">{title}</a></li>')
    side = rows(page, 6, '<div class="sideItem"><div class="num">{n}</div><a href="{url}"><img src="/m.jpg"><h3>{title}</h3></a></div>')  # fmt: skip
    vote = poll(page, '<div class="voteBox"><h4>{question}</h4>{options}</div>', '<div class="opt"><input type="radio">{}</div>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8">{head}</head><body class="innerPage"><div id="leaderboard"><span>{page.label("ad")}</span></div><header><div class="logo"><a href="/" title="{escape(outlet.title)}"><img src="/logo.png" alt="{escape(outlet.title)}"></a></div><div class="today">{page.today()}</div><ul class="mainMenu">{lines}</ul><div class="ticker"><span>{page.label("breaking")}</span><ul>{strip}</ul></div></header>'
        f'<div class="wrapper"><div class="rightCol">{main}</div><div class="leftCol"><div class="box"><h2>{page.label("most")}</h2>{side}</div>{vote}<div class="box follow">{page.label("follow")}</div></div></div><footer><ul><li>{page.label("footer")}</li></ul><p>{page.label("disclaimer")}</p></footer></body></html>'
    )


def _head(page: Page) -> str:
    story = page.the
    body = " \n ".join(story.paragraphs[:2])
    raw = f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.headline}","articleBody":"{body}","author":{{"@type":"Person","name":"{page.outlet.title}"}},"datePublished":"{story.when:%m/%d/%Y %I:%M:%S %p}"}}'
    return f'<title>{escape(story.headline)} - {escape(page.outlet.title)}</title><meta property="og:title" content="{escape(story.headline)} - {escape(page.outlet.title)}"><meta property="og:image" content="{page.image()}"><meta name="keywords" content="{escape(",".join(story.headline.split()))}"><script type="application/ld+json">{raw}</script>'


def article(page: Page) -> str:
    story = page.the
    pieces = [
        *(lambda: teaser(page, *_TEASERS) for _ in range(4)),
        *(lambda: f'<div class="adv"><span>{page.pick("ad")}</span><div id="div-ad-{page.random.randint(1, 9)}"></div></div>' for _ in range(2)),
        lambda: f'<div class="videoBox"><iframe src="https://video.example/e/7"></iframe><p>{page.pick("video")}</p></div>',
        lambda: f'<p style="text-align:center"><img src="/in/{page.random.randint(1, 99)}.jpg" alt=""><br><strong>{page.pick("caption")}</strong></p>',
        lambda: f'<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">{page.pick("post")}</p>&mdash; <a href="https://social.example/x">{page.out("@x")}</a></blockquote>',
        lambda: poll(page, '<div class="pollIn"><p>{question}</p>{options}</div>', "<label><input type=radio> {}</label>"),
        lambda: f'<p><a href="https://whatsapp.example/c"><strong>{page.pick("newsletter")}</strong></a></p>',
    ]  # fmt: skip
    body = text(page, pieces, 7, story.blocks, h="<h2><strong>{}</strong></h2>", quote="<p>{}</p>")
    after = teaser(page, *_TEASERS[:4]) if page.chance(0.6) else ""
    by = ""
    if story.authors:
        verb = page.out(page.random.choice(("كتب", "كتب -", "كتبت", "تحقيق")))
        by = f'<span class="writeBy">{verb} {" - ".join(map(page.out, story.authors))}</span>'
    elif story.agency:
        by = f'<span class="writeBy">{page.out(story.agency)}</span>'
    source = f'<p class="src">{page.out("نقلا عن " + story.agency)}</p>' if story.agency and by and story.authors else ""  # fmt: skip
    share = "".join(
        f'<a class="s{n}"><span>{page.out(str(page.random.randint(101, 999)))}</span></a>' for n in range(2)
    )
    tags = ""
    if story.tags:
        tags = f'<div class="tagsArea"><h4>{page.label("tags")}</h4>{listed("<h3><a href=/Tags/{n}>{text}</a></h3>", story.tags)}</div>'
    kick = f'<div class="preTitle">{page.pick("kicker")}</div>' if page.chance(0.3) else ""
    more = rows(page, 6, '<div class="relItem"><a href="{url}"><img src="/r.jpg"><h3>{title}</h3></a></div>')
    main = (
        f'<div class="breadcumb"><a href="/">{page.label("home")}</a> <a href="{section_url(page)}">{page.out(story.section.label)}</a></div><div class="articleCont">{kick}<h1>{escape(story.headline)}</h1>{filled("<h2 class=subTitle>{}</h2>", story.subtitle)}<div class="newsStoryDate">{page.date()}</div><div class="img-cont"><img src="{page.image()}" class="img-responsive"><span class="img-cap">{page.out(story.caption)}</span></div><div class="by">{by}</div><div class="shareBox">{share}{page.label("share")}</div>'
        f'<div id="articleBody" class="articleBody">{body}{source}{after}</div>{tags}<div class="gnews"><a>{page.pick("follow")}</a></div></div><div class="relArea"><h2>{page.label("related")}</h2>{more}</div><div class="commentsArea"><h2>{page.label("comments")}</h2><p>{page.label("write_comment")}</p></div>'
    )
    return _frame(page, _head(page), main)


def listing(page: Page) -> str:
    big = cards(page, '<div class="bigNews"><a href="{url}"><img src="{image}"></a><h2><a href="{url}">{title}</a></h2></div>')  # fmt: skip
    row = cards(page, '<div class="newsRow"><a href="{url}" class="bigOneImg"><img src="{image}"></a><div><h3><a href="{url}">{title}</a></h3><span class="newsDate">{date}</span><p>{lead}...</p></div></div>')  # fmt: skip
    also = cards(page, '<li><a href="{url}">{title}</a></li>')
    box = '<div class="secBox"><h2 class="boxTitle"><a href="{url}">{label}</a></h2>{items}</div>'
    others = elsewhere(page, box, '<div class="secItem"><a href="{url}"><img src="{image}"></a><a href="{url}">{title}</a></div>')  # fmt: skip
    pages = f'<div class="paging">{pager(page, "<a class=pg href={url}>{n}</a>")}</div>'
    ad = f'<div class="adv"><span>{page.label("ad")}</span></div>'
    main = f'{big[0]}<ul class="underBig">{"".join(also[1:4])}</ul>{ad}{"".join(row[4:7])}{ad}{"".join(row[7:])}{pages}{others}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "egypt_boxes", article, listing, slugged("/story/{d}/{t}/{n}"), section_address=section_address("/Section/{s}", "/{n}"),
    dates=("named-slash", "weekday-ampm"), zones=("Africa/Cairo",),
    habits=Habits(bylines=0.75, agencies=0.25, subtitles=0.15, datelines=0.0, shortest=3, longest=12, extras=0.35),
)  # fmt: skip
