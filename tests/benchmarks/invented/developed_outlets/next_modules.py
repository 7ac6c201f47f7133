"""Next.js with hashed names of CSS modules: all of the article again as data, a writer's card, points before the text."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import cards, menu, section_address
from tests.benchmarks.invented.developed_outlets.fittings import (
    changed,
    elsewhere,
    filled,
    further,
    ld,
    listed,
    section_url,
    slugged,
    state,
    text,
)
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, head: str, main: str, data: str = "") -> str:
    lines = menu(page, '<li class="Header_item__x8Qw2"><a class="Header_link__Zp0aJ" href="{url}">{label}</a></li>')
    most = rows(
        page,
        5,
        '<li class="MostRead_row__p3LmK"><span class="MostRead_num__a91Xs">{n}</span><a href="{url}"><h3 class="Card_title__Vb7uE">{title}</h3></a></li>',
    )
    ends = "".join(f'<a class="Footer_link__u2RtY" href="/about">{each}</a>' for each in page.several("footer", 4))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charSet="utf-8"/>{head}<link rel="preload" href="/_next/static/css/1f0b2c.css" as="style"/></head><body class="__className_a1b2c3"><div id="__next"><div class="Layout_root__Hd8sA"><header class="Header_wrap__1PpQz"><a href="/" aria-label="{escape(page.outlet.title)}"><svg width="90"></svg></a><nav><ul class="Header_list__k2XcB">{lines}</ul></nav></header>'
        f'<main class="Layout_main__t5VnR">{main}</main><aside class="Layout_side__Jk3Lo"><h2 class="SideTitle_h__Qe1Ty">{page.label("most")}</h2><ol>{most}</ol><div class="Newsletter_box__9sDfG"><p>{page.pick("newsletter")}</p><button>{page.label("send")}</button></div></aside><footer class="Footer_wrap__mN4bV">{ends}<p>{page.label("disclaimer")}</p></footer></div></div>{data}</body></html>'
    )


def _head(page: Page) -> str:
    story, outlet = page.the, page.outlet
    desk = {"@type": "Organization", "name": outlet.title, "url": f"https://{outlet.host}"}
    moments = {"datePublished": story.when.isoformat(), "dateModified": page.fetched.isoformat()}
    said = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "author": [desk], "publisher": desk, "image": [page.image()], **moments}  # fmt: skip
    title = f"{escape(story.headline)} | {escape(outlet.title)}"
    return f'<title>{title}</title><meta property="og:title" content="{escape(story.headline)}"/><meta name="description" content="{escape(story.paragraphs[0][:150])}"/><meta property="og:image" content="{page.image()}"/>{ld(said)}'


def article(page: Page) -> str:
    story = page.the
    people = "".join(
        f'<div class="Author_card__W3xYz"><img class="Author_pic__b0PqL" alt="" src="/people/{len(name)}.webp"/><div><a class="Author_name__e7RtK" href="/author/{len(name) * 31}">{page.out(name)}</a><span class="Author_role__i9OmN">{page.pick("job")}</span></div></div>'
        for name in story.authors
    )
    source = ""
    if story.agency:
        source = f'<div class="Source_row__c4VbN"><span>{page.out("المصدر")}</span><span class="Source_name__l1KjH">{page.out(story.agency)}</span></div>'
    summary = ""
    if page.chance(0.5):
        points = listed('<li class="Summary_li__4GhJk">{text}</li>', page.several("point", 3))
        summary = f'<div class="Summary_box__y6TrE"><button>{page.out("ملخص بالذكاء الاصطناعي")}</button><ul>{points}</ul></div>'
    card = '<div class="InlineCard_wrap__0oPlM"><span class="InlineCard_label__zXcVb">{label}</span><a href="{url}"><img alt="" src="/i.webp"/><span class="InlineCard_text__aSdFg">{title}</span></a></div>'
    pieces = [
        lambda: teaser(page, card),
        lambda: f'<div class="AdSlot_box__qWeRt" id="div-gpt-ad-3"><span>{page.pick("ad")}</span></div>',
    ]
    body = text(
        page, pieces, 2, story.blocks, p='<p class="Body_p__hJkLz">{}</p>', h='<h2 class="Body_h2__Nm8Bv">{}</h2>',
        quote='<div class="PullQuote_wrap__5TyUi"><svg></svg><p>{}</p></div>', items='<ul class="Body_list__rF3Vg">{}</ul>',
    )  # fmt: skip
    tags = listed('<a class="Chip_chip__7uJmN" href="/topics/{n}">{text}</a>', story.tags)
    more = rows(page, 4, '<article class="Card_card__Mk0oP"><a href="{url}"><h3 class="Card_title__Vb7uE">{title}</h3></a></article>')  # fmt: skip
    main = (
        f'<article class="Article_root__f2GhT"><a class="Badge_badge__pLoKi" href="{section_url(page)}">{page.out(story.section.label)}</a><h1 class="Article_title__3EdCv">{escape(story.headline)}</h1>{filled("<p class=Article_sub__6YhNm>{}</p>", story.subtitle)}<div class="Meta_row__8IkMj">{people}{source}<div class="Meta_dates__1QaZx"><span>{page.date()}</span><span>{page.label("updated")}: {changed(page)}</span><span>{page.pick("min_read")}</span></div></div>'
        f'<figure class="Hero_fig__wSxEd"><span style="box-sizing:border-box"><img alt="{escape(story.caption)}" src="{page.image()}" decoding="async"/></span><figcaption class="Hero_cap__rFvTg">{page.out(story.caption)} {page.pick("credit")}</figcaption></figure>{summary}<div class="Body_body__bHyNj"><div>{body}</div></div><div class="Chips_row__uJmIk">{tags}</div><div class="Share_row__oLpPa"><span>{page.label("share")}</span><span>{page.pick("views")}</span></div></article><section class="Related_wrap__xDcFv"><h2 class="SideTitle_h__Qe1Ty">{page.label("related")}</h2>{more}</section>'
    )
    data = state(page, 'id="__NEXT_DATA__" type="application/json"')
    return _frame(page, _head(page), main, data)


def listing(page: Page) -> str:
    entries = cards(page, '<article class="Card_card__Mk0oP"><a href="{url}"><img alt="" src="{image}"/></a><div class="Card_body__qAzWs"><span class="Card_cat__eDcRf">{section}</span><a href="{url}"><h3 class="Card_title__Vb7uE">{title}</h3></a><time>{date}</time></div></article>')  # fmt: skip
    bare = cards(page, '<li class="Tier_li__tGbYh"><a href="{url}">{title}</a></li>')
    lead = cards(page, '<article class="Lead_card__yHnUj"><a href="{url}"><img alt="" src="{image}"/><h2 class="Lead_title__iKmOl">{title}</h2></a><p>{lead}</p></article>')[0]  # fmt: skip
    others = elsewhere(page, '<section class="Strip_wrap__pOiUy"><h2 class="SideTitle_h__Qe1Ty"><a href="{url}">{label}</a></h2>{items}</section>', '<article class="Card_card__Mk0oP"><a href="{url}"><h3 class="Card_title__Vb7uE">{title}</h3></a></article>', 2)  # fmt: skip
    more = further(page, '<a class="LoadMore_btn__tReWq" href="{url}">{label}</a>')
    return _frame(
        page,
        f"<title>{escape(page.outlet.title)}</title>",
        f'{lead}<div class="Grid_grid__9oKmN">{"".join(entries[1:6])}</div><ul class="Tier_ul__lKjHg">{"".join(bare[6:])}</ul>{more}{others}',
    )


BUILD = Build(
    "next_modules", article, listing, slugged("/{s}/{d}/{t}-{n}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("levant-bar", "numbers-bar", "gulf-clock"), zones=("Asia/Dubai", "Asia/Beirut"),
    shows=Shows(moment="machine"), habits=Habits(bylines=0.55, agencies=0.35, subtitles=0.5, datelines=0.2, longest=20),
)  # fmt: skip
