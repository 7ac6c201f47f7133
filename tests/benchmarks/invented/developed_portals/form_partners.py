"""A Cairo portal on ASP.NET: the whole page is a form, the writer is the text's first line, boxes of partners stand between."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, further, section_url, text
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, poll, rows, section_address
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.printed_dates import printed
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_TEASERS = (
    '<p><strong><span style="color:#c00">{label}</span></strong></p><p><strong><a href="{url}">{title}</a></strong></p>',
    '<p>{label} |&nbsp;<a href="{url}" target="_blank">{title}</a></p>',
    '<div class="rltdInDiv"><h5>{label}</h5><ul><li><i></i><a href="{url}">{title}</a></li></ul></div>',
    '<p><u><a href="{url}"><b>- {title}</b></a></u></p>',
)


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, '<li id="li_{label}"><a href="{url}">{label}</a></li>', '<li class="on"><a href="{url}">{label}</a></li>')  # fmt: skip
    urgent = rows(page, 1, '<div class="urgentDiv"><a href="{url}">{title}</a></div>') if page.chance(0.3) else ""
    side = rows(page, 6, '<li><a class="imageCntnr" href="{url}"><img src="{image}" /></a><div class="desc"><span class="clock">{clock}</span><a href="{url}">{title}</a></div></li>')  # fmt: skip
    state = "".join(f'<input type="hidden" name="{each}" id="{each}" value="dDwtNzQ4ODk5" />' for each in ("__VIEWSTATE", "__EVENTVALIDATION"))  # fmt: skip
    vote = poll(page, '<div class="pollDiv"><h3>{question}</h3><table id="ctl00_rbl">{answers}</table><input type="submit" value="صوت" /></div>', '<tr><td><input type="radio" /><label>{text}</label></td></tr>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="ar" dir="rtl"><head>{head}</head><body><form method="post" action="./Details.aspx" id="form1"><div class="aspNetHidden">{state}</div><div id="divHeader"><a href="/"><img src="/images/logo.png" alt="{name}" /></a><div class="dt">{page.today()}</div><div class="weatherDiv">{page.out("القاهرة 24° صحو")}</div><ul id="nav">{lines}</ul></div>{urgent}<div class="ad-leader"><span>{page.label("ad")}</span></div>'
        f'<div class="main"><div class="rightArea">{main}</div><div class="leftArea"><div class="box"><h3>{page.label("latest")}</h3><ul>{side}</ul></div>{vote}</div></div><div class="footer"><p>{page.label("footer")}</p><p>{page.label("disclaimer")}</p></div></form></body></html>'
    )


def _teaser(page: Page) -> str:
    form = page.random.choice(_TEASERS)
    if "{label}" in form:
        form = form.replace("{label}", page.pick("also"))
    return rows(page, 1, form)


def article(page: Page) -> str:
    story = page.the
    pieces = [
        *(lambda: _teaser(page) for _ in range(4)),
        lambda: f'<div class="ad-inread"><div>{page.label("ad")}</div></div>',
        lambda: f'<p style="text-align:center"><img src="/Images/{page.random.randint(1, 99)}.jpg" /></p><p style="text-align:center"><span style="font-size:12px">{page.pick("caption")}</span></p>',
        lambda: f'<div class="vidInDiv"><span>{page.out("فيديو قد يعجبك:")}</span><iframe src="https://v.example/{page.random.randint(1, 9)}"></iframe></div>',
        lambda: f'<p><strong>{page.pick("follow")} <a href="https://t.example">{page.out("اضغط هنا")}</a></strong></p>',
    ]  # fmt: skip
    body = text(page, pieces, 5, story.blocks, p='<p style="text-align:justify">{}</p>', h="<p><strong><span>{}</span></strong></p>", quote="<p>&quot;{}&quot;</p>", item="<p>- {}</p>", items="{}", table='<div class="tbl"><table border="1" cellspacing="0"><tbody>{}</tbody></table></div>')  # fmt: skip
    by = ""
    if story.authors:
        verb = page.out("كتبت" if page.chance(0.3) else "كتب")
        by = f"<p><strong>{verb}- {'، '.join(escape(each) for each in story.authors)}:</strong></p>"
    elif story.agency and not story.dateline:
        by = f"<p><strong>{page.out('وكالات')}- ({escape(story.agency)})</strong></p>"
    *day, time, half = printed("weekday-ampm", story.when, indic=page.outlet.indic).split()
    clock, day_line = page.out(f"{time} {half}"), page.out(" ".join(day))
    words = "".join(f'<a href="/Keywords/{n}">{escape(tag)}</a>' for n, tag in enumerate(story.tags))
    tags = f'<div class="keywordsDiv"><h4>{page.label("tags")}</h4><div class="keywordsCntnr">{words}</div></div>' if words else ""  # fmt: skip
    kicker = f'<div class="subTitle-top">{page.pick("kicker")}</div>' if page.chance(0.2) else ""
    sub = f'<div class="lead">{escape(story.subtitle)}</div>' if story.subtitle else ""
    source = f'<p class="srcP">{page.out("نقلا عن")} {escape(story.agency)}</p>' if story.agency and story.authors else ""  # fmt: skip
    partner = f'<div class="partner"><span>{page.out("هذا المحتوى من")}</span><img src="/p.png" alt="" />{rows(page, 4, "<a href={url}>{title}</a>")}</div>'
    main = (
        f'<div class="brdcrmb"><a href="/">{page.label("home")}</a><span>›</span><a href="{section_url(page)}">{page.out(story.section.label)}</a></div><div id="ArticleDetails" class="articleDetails">{kicker}<h1>{escape(story.headline)}</h1>{sub}<div class="dateDiv"><div class="articleDate"><i></i><span>{clock}</span><span class="day">{day_line}</span></div><div class="fontSz"><a>{page.out("ع+")}</a><a>{page.out("ع-")}</a><a>{page.label("tools")}</a></div></div><div class="imgDiv"><img id="ctl00_img" src="{page.image()}" alt="" /><span class="imgTitle">{page.out(story.caption)}</span></div><div class="shareDiv"><span>{page.label("share")}</span></div>'
        f'<div class="details">{by}{body}{source}</div>{_teaser(page) if page.chance(0.4) else ""}{tags}</div>{partner}<div class="relatedDiv"><h3>{page.label("related")}</h3><ul>{rows(page, 6, "<li><a href={url}><img src={image} /><span>{title}</span></a></li>")}</ul></div><div class="fb-comments"><span>{page.label("comments")}</span></div>'
    )
    head = f'<title>{escape(story.headline)} | {escape(page.outlet.title)}</title><meta property="og:title" content="{escape(story.headline)}" /><meta property="og:image" content="{page.image()}" /><meta name="keywords" content="{escape(", ".join(story.headline.split()[:6]))}" /><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{story.headline}", "description": "{story.paragraphs[0]}\n", "author": "{page.outlet.title}",}}</script>'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    big = cards(page, '<div class="mainNews"><a href="{url}"><img src="{image}" /><div class="ovrly"><span>{section}</span><h2>{title}</h2></div></a></div>')  # fmt: skip
    row = cards(page, '<li><div class="item"><a class="imageCntnr" href="{url}"><img src="{image}" /></a><div class="desc"><a href="{url}">{title}</a><span>{date}</span><p>{lead}..</p></div></div></li>')  # fmt: skip
    bare = cards(page, '<div class="txtItem"><a href="{url}">{title}</a></div>')
    others = elsewhere(page, '<div class="sectionBox"><h2><a href="{url}">{label}</a></h2>{items}</div>', '<div class="sb"><a href="{url}">{title}</a></div>', 4)  # fmt: skip
    more = further(page, '<div class="moreDiv"><a href="{url}">{label}</a></div>')
    main = f'{"".join(big[:3])}<div class="txtItems">{"".join(bare[3:5])}</div><div class="ad-inread"><div>{page.label("ad")}</div></div><ul class="listing">{"".join(row[5:])}</ul>{more}{others}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "form_partners", article, listing, address("/news/{s}/details/{d}/{n}"), section_address=section_address("/news/{s}", "/{n}"),
    dates=("weekday-ampm",), zones=("Africa/Cairo",),
    habits=Habits(bylines=0.75, agencies=0.3, subtitles=0.1, datelines=0.0, tags=0.7, extras=0.35, shortest=3, longest=12),
)  # fmt: skip
