"""A broadcaster's styled components: each paragraph in a box of its own, lists of links and skip links between, role and city unlinked, the section in the menu alone."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import ld, text
from tests.benchmarks.invented.developed_portals.parts import address, anew, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.printed_dates import printed
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Block, Habits

_HIDDEN = '<span class="bbc-m04vo2">{}</span>'


def _frame(page: Page, head: str, main: str) -> str:
    lines = menu(page, '<li class="bbc-l98t7h e1ibkbh74"><a class="bbc-1b3q2z" href="{url}">{label}</a></li>', '<li class="bbc-l98t7h e1ibkbh74"><a class="bbc-1b3q2z" href="{url}"><span aria-current="page">{label}</span></a></li>')  # fmt: skip
    name = escape(page.outlet.title)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl" class="no-js"><head><meta charset="utf-8">{head}<style data-emotion="css">.css-1{{}}</style></head><body class="bbc-1x"><div id="root"><div class="bbc-6y7qpo"><section lang="ar" aria-label="cookie" class="bbc-hggqja"><h2>{page.label("cookie")}</h2><ul><li><button>{page.label("accept")}</button></li><li><a href="/privacy">{page.out("رفض جمع البيانات والاستمرار")}</a></li></ul></section><header role="banner"><a href="/arabic" class="bbc-brand">{_HIDDEN.format(name)}<svg></svg></a><a href="#content" class="skip">{page.out("انتقل الى المحتوى")}</a><nav role="navigation"><div><ul class="bbc-1ub9t1">{lines}</ul></div></nav></header>'
        f'<div class="bbc-1cvxiy9"><main role="main" class="bbc-fa0wmp">{main}</main></div><footer role="contentinfo"><ul><li><a href="/t">{page.label("footer")}</a></li></ul><p lang="ar">© 2026 {name}. {page.label("disclaimer")}</p></footer></div></div></body></html>'
    )


def _links(page: Page, title: str, count: int) -> str:
    items = rows(page, count, '<li class="bbc-19t4d7 e1mfm"><div data-e2e="story-promo"><a href="{url}" class="bbc-1i4ie53"><div class="bbc-prom">{title}</div></a></div></li>')  # fmt: skip
    end = page.out(f"نهاية {title}")
    skip = page.out(f"تخطى {title} وواصل القراءة")
    return f'<section class="bbc-1tag75k" role="region" aria-labelledby="recs"><div class="bbc-d4"><a href="#end-of-recommendations" class="bbc-skip">{skip}</a><strong id="recs">{page.out(title)}</strong><ul role="list" class="bbc-94cfa4">{items}</ul><p tabindex="-1" id="end-of-recommendations" class="bbc-m04vo2">{end}</p></div></section>'


def _post(page: Page) -> str:
    n = page.random.randint(1, 3)
    by = "X"
    return f'<figure data-e2e="embed" class="bbc-5ljft"><a href="#end-of-twitter" class="skip">{page.out("تخطى")} {by} {page.out("مشاركة")}، {n}</a><div><strong>{page.out("هل تسمح بعرض المحتوى من")} {by}؟</strong><p>{page.out("تحتوي هذه الصفحة على محتوى من موقع. موافقتكم مطلوبة قبل عرض أي مواد لأنها قد تتضمن ملفات ارتباط")}</p><button>{page.out("اقبل واستمر")}</button></div><p class="bbc-m04vo2">{page.out("نهاية")} {by} {page.out("مشاركة")}، {n}</p></figure>'


def _picture(page: Page, address_: str, caption: str) -> str:
    return f'<div class="bbc-1ka88fa"><figure class="bbc-1qdcvv9"><div class="bbc-172p16q"><div class="bbc-j1srjl"><img alt="" src="{address_}" class="bbc-139onq"></div><p class="bbc-copy">{_HIDDEN.format(page.out("صدر الصورة،"))} {page.pick("credit")}</p></div><figcaption class="bbc-1w3m"><span class="bbc-m04vo2">{page.out("التعليق على الصورة،")} </span><p>{caption}</p></figcaption></figure></div>'


def article(page: Page) -> str:
    story = page.the
    if len(story.blocks) > 4 and page.chance(0.5):  # long articles go on under headings
        blocks = list(story.blocks)
        blocks.insert(3, Block("h", (page.writer.sentence("heading"),)))
        anew(page, blocks)
        story = page.the
    titles = ("قصص مقترحة", "اقرأ أيضاً", "مواضيع قد تهمك")
    pieces = [
        lambda: _links(page, page.random.choice(titles), page.random.randint(3, 4)),
        lambda: _picture(page, f"https://{page.outlet.host}/ws/{page.random.randint(1, 99)}.jpg.webp", page.pick("caption")),
        lambda: _post(page),
        lambda: f'<section class="bbc-podcast" role="region"><a href="#end-of-podcasts" class="skip">{page.out("تخطى البودكاست وواصل القراءة")}</a><strong>{page.out("البودكاست")}</strong><div><a href="/podcast">{page.pick("podcast")}</a><p>{page.out("الحلقات")}</p></div><p id="end-of-podcasts" class="bbc-m04vo2">{page.out("البودكاست نهاية")}</p></section>',
    ]  # fmt: skip
    body = text(
        page, pieces, 3, story.blocks,
        p='<div dir="rtl" class="bbc-19j92fr ebmt73l0"><p class="bbc-1gjryo4 e17g058b0" dir="rtl">{}</p></div>',
        h='<div class="bbc-1151p0h e13i2e3d1"><h2 class="bbc-csaxlj" tabindex="-1">{}</h2></div>',
        quote='<div dir="rtl" class="bbc-19j92fr ebmt73l0"><p class="bbc-1gjryo4" dir="rtl"><b>{}</b></p></div>',
        items='<div class="bbc-19j92fr"><ul role="list" class="bbc-1an0c">{}</ul></div>',
    )  # fmt: skip
    by = ""
    if story.authors:
        each = '<li class="bbc-1a3w4ok"><span class="bbc-m04vo2">Author, </span><span class="bbc-1ypcc2">{}</span></li>'
        role = f'<li class="bbc-1wu05rt"><span class="bbc-m04vo2">Role, </span><span class="bbc-1p92jtu">{page.pick("job")}</span></li>'
        city = (
            f'<li class="bbc-1wu05rt"><span class="bbc-m04vo2">Reporting from </span><span class="bbc-1p92jtu">{page.pick("bureau")}</span></li>'
            if page.chance(0.5)
            else ""
        )
        by = f'<section class="bbc-1qdcvv9" role="region" aria-labelledby="article-byline"><strong id="article-byline" class="bbc-m04vo2">Article Information</strong><ul role="list">{"".join(each.format(escape(name)) + role for name in story.authors)}{city}</ul></section>'  # fmt: skip
    when = printed("ago-hours", story.when) if page.chance(0.15) else ""
    again = f'<time class="bbc-updated">{page.label("updated")} {page.out(when)}</time>' if when else ""
    topics = "".join(f'<li class="bbc-1msyfg1"><a href="/topics/c{n}" class="bbc-ydsg">{escape(tag)}</a></li>' for n, tag in enumerate(story.tags))  # fmt: skip
    tags = f'<aside role="complementary" aria-labelledby="related-topics"><h2 id="related-topics">{page.label("tags")}</h2><ul role="list">{topics}</ul></aside>' if topics else ""  # fmt: skip
    read = f'<section data-e2e="most-read"><h2>{page.label("most")}</h2><ol>{rows(page, 10, "<li><span>{n}</span><div><a href={url}>{title}</a></div></li>")}</ol></section>'
    main = (
        f'<div class="bbc-1151pbn"><h1 id="content" tabindex="-1" class="bbc-14gqcmb e1p3vdyi0">{escape(story.headline)}</h1></div>{_picture(page, page.image(), page.out(story.caption))}{by}<div class="bbc-19j92fr"><time class="bbc-1dafq0j e1mklfmt0" datetime="{story.when:%Y-%m-%d}">{page.date()}</time>{again}<p class="bbc-min">{page.pick("minutes")}</p></div>'
        f'{body}{tags}<section aria-labelledby="features-analysis-heading"><h2 id="features-analysis-heading">{page.label("related")}</h2><ul>{rows(page, 5, "<li><div><h3><a href={url}>{title}</a></h3><time>{clock}</time></div></li>")}</ul></section>{read}'
    )
    data = ld({"@context": "http://schema.org", "@graph": [{"@type": "Article", "url": page.outlet.url(story), "headline": story.headline, "thumbnailUrl": page.image(), "author": {"@type": "NewsMediaOrganization", "name": page.outlet.title}}]})  # fmt: skip
    head = f'<title>{escape(story.headline)} - {escape(page.outlet.title)}</title><meta name="twitter:title" content="{escape(story.headline)}"><meta property="og:image" content="{page.image()}">{data}'
    return _frame(page, head, main)


def listing(page: Page) -> str:
    first = cards(page, '<li class="bbc-1e8n"><div class="bbc-promo"><img src="{image}"><h3 class="bbc-1rrncb9"><a href="{url}" class="focusIndicatorDisplayInlineBlock">{title}</a></h3><p>{lead}</p><time>{date}</time></div></li>')  # fmt: skip
    others = cards(page, '<li class="bbc-v8cmd"><div class="promo-text"><h3><a href="{url}" class="bbc-uk8dsi">{title}</a></h3><time class="promo-timestamp">{date}</time></div></li>')  # fmt: skip
    label = page.section.label if page.section else page.outlet.title
    pages = pager(page, '<li><a href="{url}">{n}</a></li>', '<li><span aria-current="page">{n}</span></li>')
    main = f'<h1 id="content" tabindex="-1">{escape(label)}</h1><section aria-labelledby="top"><h2 id="top">{page.label("latest")}</h2><ul>{first[0]}{"".join(others[1:4])}</ul></section><section><ul>{"".join(first[4:7])}{"".join(others[7:])}</ul></section><nav aria-label="pages"><ul>{pages}</ul></nav>'
    return _frame(page, f"<title>{escape(label)}</title>", main)


BUILD = Build(
    "styled_stories", article, listing, address("/arabic/articles/c{n}o"), section_address=section_address("/arabic/topics/{s}", "?page={n}"),
    dates=("levant-gulf", "dual", "gulf"), zones=("Europe/London",), shows=Shows(agency=False, subtitle=False),
    habits=Habits(bylines=0.7, agencies=0.0, subtitles=0.0, datelines=0.0, tags=0.85, extras=0.6, shortest=5, longest=22),
)  # fmt: skip
