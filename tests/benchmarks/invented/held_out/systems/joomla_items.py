"""Joomla with K2: an intro and a full text, ratings, extra fields, the writer's block, neighbours below, half in English."""

from html import escape
from urllib.parse import quote

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, optional, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/index.php/{story.section.slug}/item/{story.number}-{quote(story.headline[:30].replace(' ', '-'))}"


def section_address(section: Section, page: int) -> str:
    return f"/index.php/{section.slug}" + (f"?start={10 * (page - 1)}" if page > 1 else "")


def _module(title: str, inner: str) -> str:
    return f'<div class="moduletable_box"><h3><span>{title}</span></h3><div class="k2ItemsBlock"><ul>{inner}</ul></div></div>'


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    row = '<li class="{n}"><a class="moduleItemTitle" href="{url}">{title}</a><span class="moduleItemDateCreated">{date}</span></li>'
    return (
        f'<!DOCTYPE html><html xml:lang="ar-aa" lang="ar-aa" dir="rtl"><head><meta charset="utf-8" /><meta name="generator" content="Joomla! - Open Source Content Management" />{head}</head><body class="com_k2 view-item"><div id="wrap"><div id="top"><div class="custom"><p>{varied(page, "تنويه: تعطلت خدمة الرسائل وستعود قريبا", "اقرأ العدد الورقي بصيغة PDF كل صباح")}</p></div><a href="/" class="brand">{name}</a></div>'
        f'<ul class="nav menu mod-list">{menu(page, "<li class=item-102><a href={url}>{label}</a></li>")}</ul><div id="rt-main"><div id="component"><div id="system-message-container"></div>{main}</div><div id="rt-side">{_module(fixed(page, "المحررون يرشحون", "ما قل ودل"), rows(page, 5, row))}<div class="moduletable"><h3>{fixed(page, "المتواجدون الآن")}</h3><p>{varied(page, "{#20-300} زائر ولا أعضاء داخل الموقع")}</p></div></div></div>'
        f'<div id="foot"><p>Copyright © 2026 {name}. All Rights Reserved.</p><p>{fixed(page, "جمهورية الأخبار ليست مسؤولة عن المواقع الخارجية")}</p></div></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    first, *parts = text_html(
        story.blocks,
        p='<p style="text-align: justify;">{}</p>',
        h='<p style="text-align: justify;"><span style="color: #800000;"><strong>{}</strong></span></p>',
        quote="<p><em>{}</em></p>",
        item="<p>• {}</p>",
        items="{}",
    )
    inserts = {}
    if page.chance(0.4):
        inserts[2] = rows(page, 2, '<p style="text-align: center;"><strong><a href="{url}">&lt;&lt; {title}</a></strong></p>')  # fmt: skip
    if page.chance(0.3):
        inserts[3] = f'<div class="bannergroup"><div class="banneritem"><a href="/banner/{story.number % 9}">{varied(page, "{sale}")}</a></div></div>'  # fmt: skip
    by = people(page, '<a rel="author" href="/index.php/itemlist/user/{n}">{name}</a>', ", ")
    author = f'<span class="itemAuthor">{fixed(page, "حررها", "بواسطة", "Written by")} {by}</span>' if by else ""
    box = people(page, '<div class="itemAuthorBlock"><img class="itemAuthorAvatar" src="/a.jpg" alt="" /><div class="itemAuthorDetails"><h3 class="itemAuthorName"><a href="/u/{n}">{name}</a></h3><p>{about}</p></div></div>')  # fmt: skip
    date = f'<span class="itemDateCreated">{page.date()}</span>' if story.dated else ""
    stars = "".join(f'<li><a href="#" class="k2-star">{n}</a></li>' for n in range(1, 6))
    label = ""
    if story.tags:
        label = f'<div class="itemTagsBlock"><span>{fixed(page, "موسومة تحت", "Tagged under")}</span><ul class="itemTags">{tags(page, "<li><a href=/index.php/tag/{n}>{tag}</a></li>")}</ul></div>'
    near = rows(page, 2, '<a class="itemPrevNext{n}" href="{url}">{title}</a>')
    source = f'<ul class="itemExtraFields"><li><span class="itemExtraFieldsLabel">{fixed(page, "منقول عن", "وكالات")}</span> <span class="itemExtraFieldsValue">{page.out(story.agency)}</span></li></ul>' if story.agency else ""  # fmt: skip
    main = (
        f'<div id="k2Container" class="itemView"><div class="itemHeader">{date}<h2 class="itemTitle">{escape(story.headline)}</h2>{optional("<h4>{}</h4>", story.subtitle)}{author}</div><div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">font size</span></li><li><a href="#" rel="nofollow"><span>{fixed(page, "اطبع", "Print")}</span></a></li><li><a href="#"><span>{fixed(page, "البريد", "Email")}</span></a></li></ul></div>'
        f'<div class="itemRatingBlock"><span>{fixed(page, "قيم الموضوع", "Rate this item")}</span><ul class="itemRatingList">{stars}</ul><div class="itemRatingLog">({page.random.randint(0, 40)} votes)</div></div><div class="itemBody"><div class="itemImageBlock"><span class="itemImage"><img src="{page.image()}" alt="" /></span><span class="itemImageCaption">{page.out(story.caption)}</span><span class="itemImageCredits">{varied(page, "{man}", "أ ف ب", "من الإنترنت")}</span></div>'
        f'<div class="itemIntroText">{first}</div><div class="itemFullText">{woven(parts, inserts)}</div>{source}<div class="itemContentFooter"><span class="itemHits">Read <b>{page.random.randint(90, 7000)}</b> times</span></div></div>'
        f'<div class="itemLinks"><div class="itemCategory"><span>{fixed(page, "نشر في", "Published in")}</span> <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>{label}</div>{box}<div class="itemAuthorLatest"><h3>{fixed(page, "أحدث ما جاد به القلم", "Latest from")}</h3><ul>{rows(page, 4, "<li><a href={url}>{title}</a></li>")}</ul></div>'
        f'<div class="itemNavigation"><span>{fixed(page, "في الباب عينه", "More in this category:")}</span> {near}</div><div class="itemBackToTop"><a href="#top">{fixed(page, "عد إلى القمة", "back to top")}</a></div></div>'
    )
    return _frame(page, heads.site_alone(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="itemContainer"><div class="catItemView groupLeading"><div class="catItemHeader"><span class="catItemDateCreated">{page.date(each)}</span><h3 class="catItemTitle"><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h3></div><div class="catItemBody"><div class="catItemImageBlock"><a href="{page.outlet.url(each)}"><img src="{page.image(each)}" alt="" /></a></div><div class="catItemIntroText"><p>{escape(each.paragraphs[0])}</p></div></div><div class="catItemReadMore"><a class="k2ReadMore" href="{page.outlet.url(each)}">{fixed(page, "التتمة ...", "Read more...")}</a></div></div></div>'
        for each in page.shown
    )
    more = older(page, '<div class="k2Pagination"><a title="التالي" href="{url}">&raquo;</a></div>')
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div id="k2Container" class="itemListView"><div class="itemList">{items}</div>{more}</div>')  # fmt: skip


BUILD = Build(
    "joomla_items", article, listing, address, section_address=section_address,
    dates=("levant-gulf-clock", "numeric", "hijri-slash"), zones=("Asia/Aden", "Africa/Tripoli"),
    habits=Habits(extras=0.35, longest=11, undated=0.15, bylines=0.6, agencies=0.35),
)  # fmt: skip
