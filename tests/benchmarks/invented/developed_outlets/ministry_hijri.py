"""A ministry on SharePoint: web parts in web parts, no writers, tags or summary, Hijri dates, a question about the page below it."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import changed, elsewhere, listed, section_url, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_EMPTY = "<p>\u200b</p>"


def _part(number: int, inner: str, title: str = "") -> str:
    """A web part as SharePoint wraps it."""
    head = f'<div class="ms-webpart-chrome-title" id="WebPartWPQ{number}_ChromeTitle"><h2 class="ms-webpart-titleText"><nobr><span>{title}</span></nobr></h2></div>' if title else ""  # fmt: skip
    return f'<div class="ms-webpartzone-cell" id="MSOZoneCell_WebPartWPQ{number}"><div class="ms-webpart-chrome ms-webpart-chrome-fullWidth">{head}<div webpartid="6e1c-{number}" haspers="false" id="WebPartWPQ{number}" class="ms-WPBody noindex" allowdelete="false"><div id="ctl00_m_g_{number}">{inner}</div></div></div></div>'


def _frame(page: Page, title: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li class="static"><a class="static menu-item ms-core-listMenu-item ms-displayInline" tabindex="0" href="{url}"><span class="additional-background ms-navedit-flyoutArrow"><span class="menu-item-text">{label}</span></span></a></li>')  # fmt: skip
    services = "".join(f'<li class="dfwp-item"><div class="item link-item"><a href="/services">{each}</a></div></li>' for each in page.several("service", 4))  # fmt: skip
    news = rows(page, 4, '<li class="dfwp-item"><div class="item"><div class="link-item"><a href="{url}">{title}</a></div></div></li>')  # fmt: skip
    side = _part(6, f'<ul class="dfwp-list">{services}</ul>', page.out("الخدمات")) + _part(7, f'<ul class="dfwp-list">{news}</ul>', page.label("latest"))  # fmt: skip
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar-SA"><head><meta name="GENERATOR" content="Microsoft SharePoint"/><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>\r\n\t{title}\r\n</title><link rel="stylesheet" type="text/css" href="/_layouts/15/1025/styles/corev15.css"/></head><body><form method="post" action="./details.aspx" id="aspnetForm"><input type="hidden" name="__REQUESTDIGEST" value="0x{page.random.randint(10**8, 10**9)}"/><div id="s4-workspace"><div id="s4-bodyContainer"><div class="govTop"><span>{page.out("موقع حكومي رسمي مسجل لدى الهيئة")}</span><span>{page.today()}</span></div>'
        f'<div class="logo"><a href="/ar/Pages/default.aspx"><img src="/Style%20Library/logo.png" alt="{escape(outlet.title)}"/></a></div><div class="ms-core-navigation" role="navigation"><ul class="root ms-core-listMenu-root static">{lines}</ul></div><div id="contentRow"><div id="contentBox" aria-live="polite"><div id="notificationArea" class="ms-notif-box"></div><div id="DeltaPlaceHolderMain"><a id="mainContent"></a>{main}</div></div><div class="sideZone">{side}</div></div>'
        f'<div class="footer"><ul><li>{page.label("footer")}</li><li>{page.label("follow")}</li></ul><p>{page.label("disclaimer")}</p></div></div></div></form></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: (
            f'<p style="text-align:center"><img src="/PublishingImages/{page.random.randint(1, 99)}.JPG" alt="" style="width:500px"/><br/>{page.pick("caption")}</p>'
        ),
        lambda: _EMPTY,
        lambda: "<div><br/></div>",
    ]
    body = text(
        page, pieces, 3, story.blocks, p='<div style="text-align:justify"><span style="font-size:14pt">\u200b{}</span></div><div>\u200b</div>',
        h='<div><strong style="font-size:14pt">{}</strong></div>', quote='<div><span style="font-size:14pt">&quot;{}&quot;</span></div>',
        items='<ul style="list-style-type:square">{}</ul>', item='<li><span style="font-size:14pt">{}</span></li>',
        table='<table class="ms-rteTable-4" cellspacing="0"><tbody>{}</tbody></table>', cell='<td class="ms-rteTableOddCol-4">\u200b{}</td>',
    )  # fmt: skip
    crumbs = f'<span id="ctl00_siteMapPath"><span><a href="/ar">{page.label("home")}</a></span><span> &gt; </span><span><a href="/ar/MediaCenter">{page.out("المركز الإعلامي")}</a></span><span> &gt; </span><span><a href="{section_url(page)}">{page.out(story.section.label)}</a></span></span>'
    rating = f'<div class="rate"><p>{page.pick("rating")}</p><input type="button" value="1"/><span>{page.out("نعم")}</span><span>{page.out("لا")}</span><p>{page.out(f"قيّم الصفحة {page.random.randint(11, 990)} زائراً")}</p></div>'
    stamp = f'<div class="lastMod">{page.out("آخر تعديل تم في:")} {changed(page, "numeric")}</div>'
    gallery = "".join(f'<li><img src="/PublishingImages/g{n}.jpg" alt=""/><span>{each}</span></li>' for n, each in enumerate(page.several("caption", 3))) if page.chance(0.3) else ""  # fmt: skip
    details = (
        f'<div class="newsDetails"><div class="newsDate"><span class="ico"></span><span id="ctl00_lblHijri">{page.date()}</span></div><h3 class="ms-rteElement-H3B newsTitle">{escape(story.headline)}</h3><div class="newsTools"><a href="#">{page.out("طباعة")}</a><a href="#">{page.label("share")}</a><a>{page.out("تكبير الخط")}</a></div>'
        f'<div class="newsImage"><div id="ctl00_PlaceHolderMain_img__ControlWrapper_RichImageField" class="ms-rtestate-field" style="display:inline"><img src="{page.image()}" alt=""/></div></div><div class="newsBody"><div id="ctl00_PlaceHolderMain_body__ControlWrapper_RichHtmlField" class="ms-rtestate-field" style="display:inline" aria-labelledby="ctl00_label"><div class="ExternalClass4B7D">{body}</div></div></div><ul class="newsGallery">{gallery}</ul></div>'
    )
    more = listed('<li class="tool"><a href="#">{text}</a></li>', page.several("service", 2))
    related = rows(page, 3, '<div class="newsItem"><a href="{url}">{title}</a></div>')
    main = f'<div class="welcome blank-wp"><div class="crumb">{crumbs}</div>{_part(2, details)}<ul class="tools">{more}</ul>{_part(3, related, page.label("related"))}{rating}{stamp}</div>'
    return _frame(page, escape(page.outlet.title), main)


def listing(page: Page) -> str:
    entries = cards(page, '<li class="dfwp-item"><div class="newsItem"><div class="pic"><a href="{url}"><img src="{image}" alt=""/></a></div><div class="dt">{date}</div><div class="tt"><a href="{url}" title="{title}">{title}</a></div><div class="ds">{lead}</div><a class="rd" href="{url}">المزيد</a></div></li>')  # fmt: skip
    box = '<div class="ms-webpartzone-cell"><h2 class="ms-webpart-titleText"><a href="{url}">{label}</a></h2><ul class="dfwp-list">{items}</ul></div>'
    others = elsewhere(
        page, box, '<li class="dfwp-item"><div class="link-item"><a href="{url}">{title}</a></div></li>', 2
    )
    pages = f'<table class="ms-bottompaging"><tr>{pager(page, "<td class=ms-paging><a href={url}>{n}</a></td>")}</tr></table>'  # fmt: skip
    main = _part(2, f'<ul class="dfwp-column dfwp-list">{"".join(entries)}</ul>{pages}') + others
    return _frame(page, escape(page.outlet.title), main)


BUILD = Build(
    "ministry_hijri", article, listing, address("/ar/MediaCenter/News/Pages/News{n}.aspx"), section_address=section_address("/ar/MediaCenter/{s}/Pages/default.aspx", "?p={n}"),
    dates=("hijri-numbers", "hijri-before", "hijri-alone", "hijri-slash"), zones=("Asia/Riyadh",),
    habits=Habits(bylines=0.0, agencies=0.0, subtitles=0.0, datelines=0.1, tags=0.0, extras=0.3, longest=10),
)  # fmt: skip
