"""A pan-Arab daily of London with styled-components: talks, columns with the writer's picture and life, texts from abroad."""

from html import escape

from tests.benchmarks.invented.developed_desks.fittings import chips, names
from tests.benchmarks.invented.developed_genres.fittings import (
    entries_html,
    more_link,
    og,
    organization,
    reactions,
    read_also,
    story_text,
    writers_box,
)
from tests.benchmarks.invented.developed_genres.genres import become, talk, translated
from tests.benchmarks.invented.developed_portals.parts import (
    address,
    cards,
    comments,
    menu,
    rows,
    section_address,
    share,
)
from tests.benchmarks.invented.developed_regions.fittings import about, between, boxes, head, here
from tests.benchmarks.invented.pages import Page, text_html
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

P = '<div class="sc-bZkfAO kQxRtL"><p>{}</p></div>'


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<a class="sc-hKMtZM iTyUvW" href="{url}">{label}</a>')
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><style data-styled="active"></style>{top}</head><body dir="rtl"><div id="root"><div class="sc-gsnTZi bXqYzA"><a class="sc-dkzDqf" href="/">{escape(page.outlet.title)}</a><div class="sc-iBkjds">{page.today()}</div><div class="sc-ftvSup">{lines}</div></div>{main}'
        f'<div class="sc-papXJ eFgHiJ"><div>{page.label("newsletter")}</div>{about(page, "<a class=sc-jqUVSM>{text}</a>")}<div>{page.label("footer")}</div></div></div></body></html>'
    )


def article(page: Page) -> str:
    choice = page.random.random()
    pieces = [
        lambda: read_also(page, '<div class="sc-ksZaOG jNmKlO"><div class="sc-hAZoDl">{label}</div>{items}</div>', '<div class="sc-fnykZs"><a href="{url}">{title}</a></div>'),
        lambda: f'<div class="sc-jSUZER"><div class="sc-gKPRtg">{page.pick("ad")}</div></div>',
        lambda: f'<div class="sc-kDDrLX wAlL"><div>{page.pick("wall")}</div><a href="/subscribe">{page.label("subscribe")}</a></div>',
        lambda: f'<div class="sc-eCYdqJ"><strong>{page.pick("newsletter")}</strong></div>',
    ]  # fmt: skip
    label, by, box, kick, end = "", "", "", "", ""
    if choice < 0.25:  # the questions are bold, who asked is named
        if not page.the.authors:
            become(page, page.the.blocks, authors=(page.writer.say("byline"),))
        entries = talk(page)
        parts = text_html(page.the.blocks[:2], p=P) + entries_html(entries, "{head}{body}", '<div class="sc-bZkfAO kQxRtL"><p><strong>{}</strong></p></div>', P)  # fmt: skip
        body = between(page, parts, pieces, 2)
        label = page.out("حاورته") + ": "
        kick = f'<div class="sc-cxabCf">{page.out("حوار")}</div>'
    elif choice < 0.5:
        if not page.the.authors:
            become(page, page.the.blocks, authors=(page.writer.say("byline"),))
        become(page, [each for each in page.the.blocks if each.kind == "p"], agency=None)
        body = story_text(page, pieces, 1, p=P)
        box = writers_box(page, '<div class="sc-llJcti dEfGhI"><img src="/w/{n}.jpg"/><div class="sc-iIPllB"><a href="/writer/{n}">{name}</a></div><div class="sc-gicCDI">{job}</div></div>')  # fmt: skip
        end = writers_box(page, '<div class="sc-ezWOiH"><div class="sc-bZkfZZ">{name}</div><div class="sc-hHLeRK">{bio}</div></div>') + f'<div class="sc-kmQMED">{page.label("disclaimer")}</div><div class="sc-hHTYSt">{page.label("more_by")}</div>{rows(page, 3, "<a class=sc-fnykZs href={url}>{title}</a>")}'  # fmt: skip
        kick = f'<div class="sc-cxabCf">{page.out("رأي")}</div>'
    else:
        if choice < 0.65:
            by = f'<div class="sc-jRQBWg">{page.out("ترجمة")}: {translated(page)}</div>'
        body = story_text(page, pieces, 2, p=P, h='<div class="sc-TtZnY"><h3>{}</h3></div>', quote='<div class="sc-jIZahH"><q>{}</q></div>', items='<ul class="sc-himrzO">{}</ul>')  # fmt: skip
    story = page.the
    if not box:
        who = names(page, '<a class="sc-iIPllB" href="/writer/{n}">{text}</a>', " - ")
        box = f'<div class="sc-ikZpkk">{label}{who}</div>' if story.authors else f'<div class="sc-ikZpkk"><span class="sc-iIPllB">{page.out(page.outlet.title)}</span></div>'  # fmt: skip
    agency = f'<div class="sc-jrcTuL">{page.out("لندن")}: {escape(story.agency)}</div>' if story.agency else ""
    sub = f'<h2 class="sc-evZas">{escape(story.subtitle)}</h2>' if story.subtitle else ""
    tags = f'<div class="sc-bjUoiL">{page.label("tags")}{chips(page, "<span class=sc-idiyUo>{text}</span>")}</div>' if story.tags else ""  # fmt: skip
    said = comments(page, '<div class="sc-dwLEzm"><b>{nick}</b><p>{text}</p></div>', 3)
    main = (
        f'<div class="sc-iTONeN"><div class="sc-jOrMOR"><div class="sc-dPyBCJ"><a href="{here(page)}">{escape(story.section.label)}</a></div>{kick}<h1 class="sc-eJDSGI">{escape(story.headline)}</h1>{sub}{box}{by}{agency}<div class="sc-oZIhv">{page.date()}</div><div class="sc-hiCibw"><img src="{page.image()}"/><div class="sc-gXmSlM">{page.out(story.caption)} {page.pick("credit")}</div></div><div class="sc-cCsOjp">{share(page, "<span>{text}</span>")}</div><div class="sc-bBHHxi">{body}</div>{end}{tags}<div class="sc-kLLXSd">{reactions(page, "<span>{text} <i>{n}</i></span>")}</div><div class="sc-cfJLRR"><h4>{page.label("comments")}</h4>{said}</div></div>'
        f'<div class="sc-nVkyK"><h4>{page.label("most")}</h4>{rows(page, 5, "<div class=sc-hiDMwi><em>{n}</em><a href={url}>{title}</a></div>")}</div></div>'
    )
    meta = og(page, "{title} - {outlet}") + organization(page) + f'<meta name="author" content="{escape(page.outlet.title)}">'  # fmt: skip
    return _frame(page, head(page, meta, title="{title} - {outlet}"), main)


def listing(page: Page) -> str:
    big = cards(page, '<div class="sc-hTtwUo"><a href="{url}"><img src="{image}"/></a><h2 class="sc-lbOyJj"><a href="{url}">{title}</a></h2><div class="sc-kgUAyh">{writer}</div><p>{lead}</p></div>')  # fmt: skip
    small = cards(page, '<div class="sc-hiDMwi"><div class="sc-cZwWEu">{section}</div><h3><a href="{url}">{title}</a></h3><div class="sc-oZIhv">{date}</div></div>')  # fmt: skip
    side = "".join(f'<div class="sc-jfmDQi"><img src="/w/{n}.jpg"/><b>{page.writer.say("byline")}</b>{each}</div>' for n, each in enumerate(rows(page, 3, '<a href="{url}">{title}</a>|').split("|")[:3]))  # fmt: skip
    others = boxes(page, '<div class="sc-GVOUr"><a class="sc-eeMvmM" href="{url}">{label}</a>{items}</div>', '<div class="sc-hiDMwi"><h3><a href="{url}">{title}</a></h3></div>') if page.section else ""  # fmt: skip
    more = more_link(page, '<a class="sc-csuSiG" href="{url}">{label}</a>')
    return _frame(page, head(page), f'<div class="sc-iTONeN"><div class="sc-jOrMOR">{"".join(big[:2])}{"".join(small[2:])}{more}</div><div class="sc-nVkyK">{side}</div>{others}</div>')  # fmt: skip


BUILD = Build(
    "styled_talks", article, listing, address("/{s}/{n}-story"), section_address=section_address("/{s}", "?p={n}"),
    dates=("hijri-line", "weekday-slash", "named-slash"), zones=("Europe/London", "Asia/Riyadh"),
    habits=Habits(bylines=0.6, agencies=0.25, subtitles=0.4, datelines=0.25, tags=0.6, extras=0.4, longest=12),
)  # fmt: skip
