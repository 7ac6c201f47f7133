"""A site from Nouakchott or Khartoum on Joomla: the side column first, print and mail icons, a box of details, a translator."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, later, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="item-1"><a href="{url}">{label}</a></li>', '<li class="item-1 current active"><a href="{url}">{label}</a></li>')  # fmt: skip
    recent = rows(page, 5, '<li itemscope><a href="{url}"><span itemprop="name">{title}</span></a></li>')
    popular = rows(page, 5, '<li itemscope><a href="{url}"><span itemprop="name">{title}</span></a></li>')
    now = page.out(f"يوجد حالياً {page.random.randint(20, 900)} زائر على الموقع")
    return (
        f'<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="ar-aa" dir="rtl"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" />{top}<meta name="generator" content="Joomla! - Open Source Content Management" /></head><body><div id="page"><div id="sidebar-right"><div class="moduletable_menu"><h3>{page.out("القائمة الرئيسية")}</h3><ul class="nav menu">{lines}</ul></div><div class="moduletable"><h3>{page.label("latest")}</h3><ul class="latestnews">{recent}</ul></div><div class="moduletable"><h3>{page.label("most")}</h3><ul class="mostread">{popular}</ul></div><div class="moduletable"><h3>{page.out("المتواجدون الآن")}</h3><p>{now}</p></div></div>'
        f'<div id="banner"><a href="/"><img src="/images/banner.png" alt="{escape(page.outlet.title)}" /></a></div><div id="content">{main}</div><div id="footer"><p>{page.label("footer")}</p>{about(page, "<a>{text}</a> ")}</div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<p><strong>{page.pick("also")} :</strong> {rows(page, 1, "<a href={url}>{title}</a>")}</p>',
        lambda: f'<dl class="spip_document spip_documents_left"><dt><img src="/IMG/{page.random.randint(1, 99)}.jpg" alt="" /></dt><dd class="spip_doc_descriptif">{page.pick("caption")}</dd></dl>',
    ]  # fmt: skip
    body = text(page, pieces, 2, p='<p class="spip">{}</p>', h='<h3 class="spip">{}</h3>', quote='<blockquote class="spip"><p class="spip">{}</p></blockquote>', items='<ul class="spip" role="list">{}</ul>', table='<table class="table spip"><tbody>{}</tbody></table>')  # fmt: skip
    lines = []
    if story.authors:
        names = "، ".join(escape(each) for each in story.authors)
        lines.append(f'<dd class="createdby" itemprop="author">{page.out("كتب بواسطة:")} <span itemprop="name">{names}</span></dd>')  # fmt: skip
    lines.append(f'<dd class="category-name">{page.out("المجموعة:")} <a href="{here(page)}">{page.out(story.section.label)}</a></dd>')  # fmt: skip
    lines.append(f'<dd class="create"><span class="icon-calendar"></span><time>{page.out("أنشئ بتاريخ:")} {page.date()}</time></dd>')  # fmt: skip
    if page.chance(0.4):
        lines.append(f'<dd class="modified"><time>{page.out("آخر تعديل:")} {later(page)}</time></dd>')
    lines.append(f'<dd class="hits">{page.out(f"الزيارات: {page.random.randint(40, 9000)}")}</dd>')
    translated = f'<p class="translator">{page.out("نقله إلى العربية:")} {escape(page.writer.say("person"))}</p>' if page.chance(0.1) else ""  # fmt: skip
    source = f'<p class="source">{page.out("وكالات:")} {escape(story.agency)}</p>' if story.agency else ""
    tags = "".join(f'<li class="tag-{n} tag-list{n}"><a href="/component/tags/tag/{n}" class="label label-info">{escape(each)}</a></li>' for n, each in enumerate(story.tags))  # fmt: skip
    bar = f'<ul class="tags inline">{tags}</ul>' if tags else ""
    sub = f'<div class="soustitre">{escape(story.subtitle)}</div>' if story.subtitle else ""
    main = (
        f'<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{escape(story.headline)}</h2></div>{sub}<div class="icons"><ul class="actions"><li class="print-icon"><a href="?print=1">{page.out("طباعة")}</a></li><li class="email-icon"><a href="/mailto">{page.out("البريد الإلكتروني")}</a></li></ul></div><dl class="article-info muted"><dt class="article-info-term">{page.out("التفاصيل")}</dt>{"".join(lines)}</dl><div class="pull-right item-image"><img src="{page.image()}" alt="" /></div><div itemprop="articleBody" class="texte entry">{body}{translated}{source}</div>{bar}'
        f'<ul class="pager pagenav">{rows(page, 2, "<li><a href={url}>{title}</a></li>")}</ul><div class="related"><h4>{page.label("related")}</h4><ul>{rows(page, 4, "<li><a href={url}>{title}</a></li>")}</ul></div><div class="sharethis">{page.label("share")}</div></div>'
    )
    meta = (
        f'<meta name="author" content="Super User" /><meta name="description" content="{escape(page.outlet.title)}" />'
    )
    return _frame(page, head(page, meta, title="{title}"), main)


def listing(page: Page) -> str:
    lead = cards(page, '<div class="items-leading"><div class="leading-0"><div class="page-header"><h2><a href="{url}">{title}</a></h2></div><dl class="article-info"><dt>التفاصيل</dt><dd class="published">{date}</dd></dl><div class="item-image"><img src="{image}" alt="" /></div><p class="spip">{lead}</p><p class="readmore"><a class="btn" href="{url}">إقرأ المزيد: {title}</a></p></div></div>')  # fmt: skip
    row = cards(page, '<div class="items-row cols-2"><div class="item"><h2><a href="{url}">{title}</a></h2><p>{lead}</p><p class="readmore"><a class="btn" href="{url}">إقرأ المزيد...</a></p></div></div>')  # fmt: skip
    links = "".join(f'<li><a href="{escape(page.outlet.section_url(page.section, n))}">{n}</a></li>' for n in (1, 2, 3)) if page.section else ""  # fmt: skip
    title = f"<h1>{escape(page.section.label)}</h1>" if page.section else ""
    others = boxes(page, '<div class="moduletable"><h3><a href="{url}">{label}</a></h3><ul class="newsflash">{items}</ul></div>', '<li><a href="{url}">{title}</a></li>') if page.section is None else ""  # fmt: skip
    main = f'<div class="blog">{title}{"".join(lead[:2])}{"".join(row[2:])}<div class="pagination"><ul>{links}</ul></div></div>{others}'
    return _frame(page, head(page), main)


BUILD = Build(
    "spip_details", article, listing, address("/index.php/{s}/{n}-art"), section_address=section_address("/index.php/{s}", "?start={n}0"),
    dates=("weekday-plain", "clock-numbers", "clock-first", "of"), zones=("Africa/Nouakchott", "Africa/Khartoum", "Africa/Mogadishu"),
    habits=Habits(bylines=0.6, agencies=0.25, subtitles=0.25, datelines=0.35, tags=0.5, extras=0.4, shortest=3, longest=18, openings=("{place} (صدى) - ", "{place} ({agency}) - ")),
)  # fmt: skip
