"""A news channel on Next.js with CSS modules: running stories, videos with what was said in them, summaries by a machine."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, clock, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    filled,
    ld,
    more_link,
    og,
    people,
    read_also,
    story_text,
    summary,
)
from tests.benchmarks.invented.developed_genres.genres import lines_of, live
from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, rows, section_address, share
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, Shows, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

P = '<p class="Body_paragraph__Qz81x">{}</p>'
H = '<h2 class="Body_heading__9sLkd">{}</h2>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li class="Nav_item__x3K2a"><a href="{url}">{label}</a></li>')
    trend = "".join(f'<a class="Trend_chip__aa81K" href="/topic/{n}">{each}</a>' for n, each in enumerate(page.several("tag", 4)))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charSet="utf-8"/>{top}</head><body><div id="__next"><div class="Cookie_bar__1d9sL"><p>{page.label("cookies")}</p><button>{page.label("subscribe")}</button></div><div class="App_banner__kk2Ja"><span>{page.label("app")}</span></div><header class="Header_root__p2Lds"><span class="Header_date__7ahJs">{page.today()}</span><ul class="Nav_list__m1Qp0">{lines}</ul></header><div class="Trend_bar__Pq9s1"><span>{page.label("trend")}</span>{trend}</div>{main}'
        f'<footer class="Footer_root__b1nX0">{about(page, "<a>{text}</a>")}<p>{page.label("footer")}</p></footer></div><script id="__NEXT_DATA__" type="application/json">{{"buildId":"x"}}</script></body></html>'
    )


def article(page: Page) -> str:
    choice = page.random.random()
    updates: list[dict[str, str]] | None = None
    kind, player, extra = "NewsArticle", "", ""
    pieces = [
        lambda: read_also(page, '<aside class="Inline_more__A8sd0"><p class="Inline_label__q81Ka">{label}</p><ul>{items}</ul></aside>', '<li><a href="{url}">{title}</a></li>'),
        lambda: f'<div class="Ad_slot__8sHHa"><span class="Ad_label__00aKd">{page.label("ad")}</span></div>',
        lambda: f'<div class="Newsletter_inline__Zk27x"><p>{page.pick("newsletter")}</p><button>{page.label("subscribe")}</button></div>',
    ]  # fmt: skip
    if choice < 0.3:
        kind = "LiveBlogPosting"
        entries = live(page)
        day = f"{page.fetched:%Y-%m-%d}"
        updates = [{"@type": "BlogPosting", "headline": e.head or e.lines[0][:60], "datePublished": f"{day}T{e.clock}:00+00:00"} for e in entries]  # fmt: skip
        form = '<article class="Live_entry__Ja82k" id="e{n}"><div class="Live_meta__Yq1sa"><time class="Live_time__m2Kla" dateTime="' + day + 'T{clock}">{clock}</time><span class="Live_tag__0aHsk">' + page.label("breaking") + '</span></div>{head}<div class="Live_body__9Kqlz">{body}</div><button class="Live_share__ss1Ka">' + page.label("share") + "</button></article>"  # fmt: skip
        parts = entries_html(entries, form, '<h3 class="Live_head__pPq1s">{}</h3>', P)
        pinned = summary(page, "pinned", '<section class="Live_pinned__2jJas"><h4>{label}</h4><ul>{items}</ul></section>', "<li>{text}</li>")  # fmt: skip
        first = "".join(text_html(page.the.blocks[:1], p=P))
        body = f'{first}{pinned}<div class="Live_bar__k1kSd"><span>{page.label("live")}</span><span>{page.pick("updates")}</span><span>{page.pick("refresh")}</span></div><div class="Live_list__Hs82a">{between(page, parts, pieces, 2)}</div>'
    elif choice < 0.5:
        kind = "VideoObject"
        lines = lines_of(page, "speech", 4, 9, keep=2)
        first = "".join(text_html(page.the.blocks[:-1], p=P))
        player = f'<div class="Player_root__02kSa"><video poster="{page.image()}"></video><span class="Player_time__1kKsa">{clock(page)}</span></div>'
        body = f'{first}<div class="Transcript_box__71kJa"><button class="Transcript_toggle__ak2Ls">{page.out("النص الكامل للفيديو")}</button><div class="Transcript_text__lLs9a">{"".join(filled("<p>{}</p>", lines))}</div></div>'
    else:
        body = story_text(page, pieces, 3, p=P, h=H, quote='<blockquote class="Body_quote__k2Ksa">{}</blockquote>', items='<ul class="Body_list__1aKsl">{}</ul>')  # fmt: skip
        extra = summary(page, "ai", '<section class="Ai_box__Q1ksd"><button class="Ai_title__l2Ksa">{label}</button><ul>{items}</ul><small>{note}</small></section>', "<li>{text}</li>", "ai_note") if page.chance(0.5) else ""  # fmt: skip
    story = page.the
    if not player:
        player = f'<figure class="Media_figure__Kd0aa"><img src="{page.image()}"/><figcaption class="Media_caption__Lx72b">{page.out(story.caption)}</figcaption></figure>'
    who = f'<div class="Byline_root__8kKal">{names(page, "<a class=Byline_name__a1Ksl href=/authors/{n}>{text}</a>", "، ")}</div>' if story.authors else ""  # fmt: skip
    agency = f'<span class="Byline_source__Ls02k">{page.out("المصدر")}: {escape(story.agency)}</span>' if story.agency else ""  # fmt: skip
    sub = f'<p class="Head_standfirst__0kSla">{escape(story.subtitle)}</p>' if story.subtitle else ""
    tags = f'<div class="Tags_row__u1Ksa">{chips(page, "<a class=Tags_chip__7aKsl href=/topic/{n}>{text}</a>")}</div>' if story.tags else ""  # fmt: skip
    cells = rows(page, 4, '<div class="Card_root__aK1s0"><a href="{url}"><img src="{image}"/><h3 class="Card_title__mMs81">{title}</h3></a><span class="Card_time__k1s8A">{clock}</span></div>')  # fmt: skip
    main = f'<main class="Page_main__k1Ksl"><div class="Page_col__9sKal"><a class="Head_section__2kSla" href="{here(page)}">{escape(story.section.label)}</a><h1 class="Head_title__Zk1sa">{escape(story.headline)}</h1>{sub}{who}{agency}<div class="Head_dates__1kSla"><span>{page.date()}</span></div><div class="Share_bar__a8sKd">{share(page, "<button>{text}</button>")}</div>{player}{extra}<div class="Audio_bar__pL1sa"><span>{page.label("listen")}</span><span>{page.pick("voice")}</span></div><div class="Body_root__Mm1sK">{body}</div>{tags}<section class="Related_root__8aKsl"><h2 class="Related_title__lK1sa">{page.label("related")}</h2>{cells}</section></div></main>'
    moment = story.when.isoformat()
    date = {"uploadDate": moment} if kind == "VideoObject" else {"datePublished": moment}
    meta = og(page) + ld(page, kind, author=people(page) or [{"@type": "Organization", "name": page.outlet.title}], image=page.image(), liveBlogUpdate=updates, dateModified=page.fetched.isoformat(), **date)  # fmt: skip
    return _frame(page, head(page, meta, title="{title} | {outlet}"), main)


def listing(page: Page) -> str:
    items = cards(page, '<div class="Card_root__aK1s0"><a class="Card_link__1kS9a" href="{url}"><img src="{image}"/><h3 class="Card_title__mMs81">{title}</h3></a><p class="Card_lead__k81Ks">{lead}</p><span class="Card_time__k1s8A">{date}</span></div>')  # fmt: skip
    more = more_link(page, '<a class="Pager_more__1kSla" href="{url}">{label}</a>')
    others = boxes(page, '<section class="Strip_root__k1Ls9"><h2><a href="{url}">{label}</a></h2>{items}</section>', '<div class="Strip_item__9aKsl"><a href="{url}">{title}</a></div>') if page.section else ""  # fmt: skip
    side = rows(page, 5, '<li class="Rank_item__0aKsl"><span>{n}</span><a href="{url}">{title}</a></li>')
    return _frame(page, head(page), f'<main class="Page_main__k1Ksl"><div class="Grid_root__m1Ks9">{"".join(items)}</div>{more}<aside class="Rank_root__81kSa"><h4>{page.label("most")}</h4><ol>{side}</ol></aside>{others}</main>')  # fmt: skip


BUILD = Build(
    "next_live", article, listing, address("/{s}/{d}/{n}"), section_address=section_address("/{s}", "?page={n}"),
    dates=("gulf-clock", "zone-clock", "weekday-ampm"), zones=("Asia/Dubai", "Asia/Qatar"),
    shows=Shows(moment="machine"),
    habits=Habits(bylines=0.4, agencies=0.35, subtitles=0.4, datelines=0.15, tags=0.7, extras=0.4, longest=12),
)  # fmt: skip
