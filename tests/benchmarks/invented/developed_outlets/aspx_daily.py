"""A daily's WebForms of old, in windows-1256: tables, spans with long ids, paragraphs by <br>, city and writer before the date."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import poll, rows, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, filled, listed, section_url, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_ID = "ctl00_ContentPlaceHolder1_"


def _frame(page: Page, title: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<td class="menuTD"><a href="{url}" class="menuLink">{label}</a></td>')
    most = rows(page, 6, '<tr><td valign="top"><img src="images/bullet.gif"></td><td class="sideText"><a id="ctl00_dlMost_ctl0{n}_hlTitle" href="{url}">{title}</a></td></tr>')  # fmt: skip
    strip = rows(page, 4, '<a href="{url}" class="mrq">{title}</a>&nbsp;&nbsp;<img src="images/dot.gif">&nbsp;')
    vote = poll(page, '<table class="poll"><tr><td class="sideHead">{question}</td></tr>{options}</table>', '<tr><td><input type="radio" name="ctl00$rbl"><label>{}</label></td></tr>')  # fmt: skip
    return (
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1"><meta http-equiv="Content-Type" content="text/html; charset=windows-1256" /><title>{title}</title><meta name="keywords" content="{escape(outlet.title)}, جريدة, يومية" /><link href="Style.css" rel="stylesheet" type="text/css" /></head>'
        f'<body dir="rtl"><form name="aspnetForm" method="post" action="Default.aspx" id="aspnetForm"><div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUK{page.random.randint(10**8, 10**9)}ZGQ=" /></div><table width="980" border="0" cellspacing="0" cellpadding="0" align="center"><tr><td colspan="3"><img src="images/header.jpg" alt="{escape(outlet.title)}" /></td></tr><tr><td class="dateTD"><span id="ctl00_lblToday">{page.today()}</span></td><td><span>{page.pick("weather")}</span></td></tr><tr>{lines}</tr><tr><td colspan="3"><marquee direction="right">{strip}</marquee></td></tr></table>'
        f'<table width="980" align="center"><tr><td width="640" valign="top">{main}</td><td width="340" valign="top"><table class="side"><tr><td colspan="2" class="sideHead">{page.label("most")}</td></tr>{most}</table>{vote}</td></tr></table><table width="980" align="center"><tr><td class="foot"><span>{page.label("footer")}</span> | <span>{page.label("disclaimer")}</span></td></tr></table></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    who = page.out(" - ".join(filter(None, (page.writer.say("place"), "، ".join(story.authors), story.agency))))
    also = '<table class="inTbl" align="left"><tr><td class="inHead">{label}</td></tr><tr><td><a href="{url}">{title}</a></td></tr></table>'
    pieces = [
        lambda: teaser(page, also, "<font color='#990000'>{label} <a href='{url}'>{title}</a></font><br /><br />"),
        lambda: (
            f'<div align="center"><img src="Banners/{page.random.randint(1, 40)}.gif" /><br />{page.pick("ad")}</div>'
        ),
    ]
    body = text(
        page, pieces, 1, story.blocks, p="{}<br /><br />", h="<strong>{}</strong><br /><br />", quote="«{}»<br /><br />",
        item="- {}<br />", items="{}<br />", table='<table border="1" class="MsoNormalTable">{}</table><br />',
    )  # fmt: skip
    tags = filled(f'<tr><td><span id="{_ID}lblKeys">{{}}</span></td></tr>', " ، ".join(story.tags))
    replies = listed('<tr><td class="cmName">{n}</td><td class="cmText"><span>{text}</span></td></tr>', page.several("comment", page.random.randint(0, 3)))  # fmt: skip
    main = (
        f'<table width="100%" class="details"><tr><td><a id="{_ID}hlSection" class="secLink" href="{section_url(page)}">{page.out(story.section.label)}</a></td></tr><tr><td><span id="{_ID}lblPre" class="pre">{page.pick("kicker") if page.chance(0.4) else ""}</span></td></tr><tr><td class="ttl"><span id="{_ID}lblTitle">{escape(story.headline)}</span></td></tr><tr><td><span id="{_ID}lblSub" class="sub">{escape(story.subtitle or "")}</span></td></tr>'
        f'<tr><td class="by"><span id="{_ID}lblWriter">{who}</span> <span id="{_ID}lblDate">{page.date()}</span></td></tr><tr><td><table align="right" width="300"><tr><td><img id="{_ID}imgMain" src="{page.image()}" /></td></tr><tr><td class="cap"><span id="{_ID}lblCaption">{page.out(story.caption)}</span></td></tr></table><span id="{_ID}lblDetails" class="NewsText">{body}</span></td></tr>{tags}'
        f'<tr><td><span id="{_ID}lblViews">{page.pick("views")}</span> <a href="javascript:window.print()">{page.out("نسخة للطباعة")}</a> {page.label("share")}</td></tr></table><table class="rel"><tr><td class="sideHead">{page.label("related")}</td></tr>{rows(page, 4, "<tr><td><a href={url}>{title}</a></td></tr>")}</table><table class="cms"><tr><td colspan="2">{page.label("comments")}</td></tr>{replies}<tr><td colspan="2">{page.label("write_comment")}</td></tr></table>'
    )
    return _frame(page, escape(page.outlet.title), main)


def listing(page: Page) -> str:
    entries = cards(page, '<tr><td width="110"><a href="{url}"><img src="{image}" width="100" /></a></td><td valign="top"><a class="lstTitle" href="{url}">{title}</a><br /><span class="lstText">{lead}...</span><br /><span class="lstDate">{date}</span></td></tr>')  # fmt: skip
    others = elsewhere(page, '<table class="box"><tr><td class="sideHead"><a href="{url}">{label}</a></td></tr>{items}</table>', '<tr><td><img src="images/bullet.gif" /> <a href="{url}">{title}</a></td></tr>')  # fmt: skip
    pages = pager(page, '<td><a href="{url}">{n}</a></td>')
    main = f'<table id="{_ID}dlNews" width="100%">{"".join(entries)}</table><table class="pager"><tr>{pages}</tr></table>{others}'
    return _frame(page, escape(page.outlet.title), main)


BUILD = Build(
    "aspx_daily", article, listing, address("/NewsDetails.aspx?NewsID={n}"), section_address=section_address("/Section.aspx?cat={s}", "&page={n}"),
    dates=("levant", "numeric", "levant-gulf"), zones=("Asia/Amman", "Asia/Damascus"),
    charset="cp1256", declared="text/html",
    habits=Habits(bylines=0.6, agencies=0.35, subtitles=0.3, datelines=0.0, extras=0.3, longest=16),
)  # fmt: skip
