"""A React site rendered on the server: hashed class names, div soup, its data once more in a script."""

import json
from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/{story.section.slug}/{story.number}/{story.headline.replace(' ', '-')[:40]}"


def _frame(page: Page, head: str, main: str, data: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<a class="nav_item__2kQx" href="{outlet.section_url(each)}">{page.out(each.label)}</a>'
        for each in outlet.sections
    )
    cards = "".join(f'<a class="ticker_slide__0Pq1" href="{url}">{title}</a>' for url, title in page.others(3))
    foot = "".join(
        f'<a class="footer_link__9aZ" href="/p/{n}">{each}</a>' for n, each in enumerate(page.several("footer", 5))
    )
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{head}</head><body><div id="__next">'
        f'<div class="layout_root__Yh3"><div class="topbar_bar__1xC"><span>{page.today()}</span>'
        f'<span class="topbar_temp__aa">{page.pick("weather")} 21°</span><button>EN</button></div>'
        f'<header class="header_wrap__7Lm"><a href="/" aria-label="home"><svg></svg></a><nav>{menu}</nav></header>'
        f'<div class="ticker_wrap__Uu2"><b>{page.label("breaking")}</b>{cards}</div>{main}'
        f'<footer class="footer_root__p0">{foot}<p>© 2026 {page.out(outlet.title)}. {page.label("footer")}</p></footer>'
        f'<div class="cookie_bar__T5" role="dialog"><p>{page.label("cookie")}</p><button>{page.label("accept")}</button></div>'
        f'</div></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<div class="text_par__q8"><span>{}</span></div>',
        h='<h3 class="text_sub__4e">{}</h3>',
        quote='<div class="text_quote__Lk"><svg></svg><span>{}</span></div>',
        item='<li class="text_li__1">{}</li>',
    )
    related = "".join(
        f'<a href="{url}" class="inline_card__x3"><img alt="" src="/t.jpg"><span>{title}</span></a>'
        for url, title in page.others(2)
    )
    inserts = {2: f'<div class="inline_box__W1"><div class="inline_head__c">{page.pick("also")}</div>{related}</div>'}
    if page.chance(0.5):
        inserts[4] = (
            f'<div class="ad_slot__Kz"><span>{page.label("ad")}</span><div id="dfp-{story.number}"></div></div>'
        )
    tags = "".join(f'<a class="tags_chip__8" href="/tag/{escape(tag)}">{escape(tag)}</a>' for tag in story.tags)
    by = "".join(
        f'<a class="by_name__Gr" href="/author/{n}">{page.out(name)}</a>' for n, name in enumerate(story.authors)
    )
    share = "".join(f'<button aria-label="{each}">{each}</button>' for each in ("facebook", "X", "واتساب"))
    wide = "".join(
        f'<div class="rail_row__2"><a href="{url}"><div class="rail_title__p">{title}</div></a></div>'
        for url, title in page.others(5)
    )
    sub = f'<p class="head_dek__7">{escape(story.subtitle)}</p>' if story.subtitle else ""
    source = f'<span class="by_src__">{page.out(story.agency)}</span>' if story.agency else ""
    main = (
        f'<main class="page_grid__B"><div class="page_col__1"><div class="crumbs_list__"><a href="/">{page.label("home")}</a>'
        f'<i>›</i><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>'
        f'<h1 class="head_title__Zx">{escape(story.headline)}</h1>{sub}'
        f'<div class="by_line__">{by}{source}<time class="by_time__" datetime="{story.when.isoformat()}">{page.date()}</time>'
        f'<span>{page.pick("min_read")}</span></div><div class="share_row__"><span>{page.label("share")}</span>{share}</div>'
        f'<figure class="hero_fig__"><img src="{page.image()}" alt=""><figcaption>{page.out(story.caption)} '
        f"<em>{page.pick('credit')}</em></figcaption></figure>"
        f'<div class="text_wrap__Nm">{woven(parts, inserts)}</div>'
        f'<div class="tags_box__"><h4>{page.label("tags")}</h4>{tags}</div>'
        f'<div class="nl_box__"><h3>{page.label("newsletter")}</h3><input placeholder="email"><button>{page.label("send")}</button></div>'
        f'</div><aside class="page_rail__"><h2>{page.label("most")}</h2>{wide}</aside></main>'
    )
    data = {"props": {"pageProps": {"article": {"id": story.number, "title": story.headline, "body": "".join(parts)}}}}
    return _frame(page, heads.full(page), main, json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="card_root__"><a href="{escape(page.outlet.url(each))}"><img src="{page.image(each)}" alt=""></a>'
        f'<div class="card_meta__"><span>{escape(each.section.label)}</span><time>{page.date(each)}</time></div>'
        f'<a href="{escape(page.outlet.url(each))}"><div class="card_title__">{escape(each.headline)}</div></a></div>'
        for each in page.shown
    )
    rail = "".join(
        f'<div class="rail_row__2"><a href="{url}"><div>{title}</div></a></div>' for url, title in page.others(5)
    )
    more = ""
    if page.section:
        more = f'<a class="more_btn__" href="{page.outlet.section_url(page.section, page.number + 1)}">{page.label("next")}</a>'
    name = page.section.label if page.section else page.outlet.title
    main = (
        f'<main class="page_grid__B"><div class="page_col__1"><h1>{escape(name)}</h1><div class="grid_list__">{cards}</div>{more}</div>'
        f'<aside class="page_rail__"><h2>{page.label("most")}</h2>{rail}</aside></main>'
    )
    return _frame(page, f"<title>{escape(name)}</title>", main, "{}")


BUILD = Build(
    "nextjs", article, listing, address,
    dates=("gulf-clock", "ago-hours", "weekday-clock"), zones=("Asia/Dubai", "Asia/Riyadh"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.8, longest=18, recent=True),
)  # fmt: skip
