"""A Saudi paper with its print edition's number: a machine's summary on top, chips, boxes of news of the kind in mid-text."""

from html import escape

from tests.benchmarks.invented.developed_portals.parts import address, cards, menu, poll, rows, section_address
from tests.benchmarks.invented.developed_regions.fittings import about, boxes, head, here, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits


def _frame(page: Page, top: str, main: str) -> str:
    lines = menu(page, '<li><a href="{url}">{label}</a></li>', '<li class="active"><a href="{url}">{label}</a></li>')
    return (
        f'<!DOCTYPE html><html lang="ar-SA" dir="rtl"><head><meta charset="utf-8">{top}</head><body><header id="hd"><div class="hd-top"><span class="hd-date">{page.today()}</span><a href="/pdf" class="hd-pdf">{page.out("نسخة PDF")}</a><a class="hd-rss" href="/rss">RSS</a></div><a class="hd-logo" href="/"><img src="/theme/logo.png" alt="{escape(page.outlet.title)}"></a><nav id="mainnav"><ul>{lines}<li class="plus"><a href="#">{page.out("المزيد من الأقسام")}</a></li></ul></nav></header>'
        f'<div id="wrapper">{main}</div><footer id="ft"><div class="ft-app">{page.label("follow")}</div><div>{about(page, "<a href=#>{text}</a>")}</div><p>{page.label("footer")} © {page.out(page.outlet.title)}</p></footer></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    pieces = [
        lambda: f'<div class="inner-related"><div class="ir-head">{page.out("أخبار ذات صلة")}</div>{rows(page, 2, "<div class=ir-item><a href={url}><img src={image} alt=x></a><a class=ir-t href={url}>{title}</a></div>")}</div>',
        lambda: f'<div class="inner-related one"><div class="ir-head">{page.out("أخبار ذات صلة")}</div>{rows(page, 1, "<div class=ir-item><a class=ir-t href={url}>{title}</a><span>{clock}</span></div>")}</div>',
        lambda: f'<div class="mpu"><small>{page.label("ad")}</small></div>',
        lambda: f'<div class="inline-img"><img src="/m/{page.random.randint(1, 900)}.jpeg"><p class="cap">{page.pick("caption")} {page.pick("credit")}</p></div>',
    ]  # fmt: skip
    body = text(page, pieces, 3, p="<p dir=\"RTL\">{}</p>", h='<p dir="RTL" class="sub-head"><b>{}</b></p>', quote='<p dir="RTL" class="quoted">"{}"</p>', items='<ol class="nums">{}</ol>', table='<div class="table-responsive"><table class="table">{}</table></div>')  # fmt: skip
    smart = ""
    if page.chance(0.5):
        points = "".join(f"<li>{each}</li>" for each in page.several("point", page.random.randint(2, 4)))
        smart = f'<details class="smart" open><summary>{page.label("summary")} <span class="beta">{page.out("مدعوم بالذكاء الاصطناعي")}</span></summary><ul>{points}</ul><div class="smart-f">{page.out("هل كان هذا مفيداً؟")}</div></details>'
    city = page.pick("bureau")
    if story.authors:
        names = "، ".join(f'<a href="/writer/{n}">{escape(each)}</a>' for n, each in enumerate(story.authors))
        by = f'<div class="by">{names} ({city})</div>'
    elif story.agency:
        by = f'<div class="by">{escape(story.agency)} ({city})</div>'
    else:
        by = f'<div class="by">«{page.out(page.outlet.title)}» ({city})</div>'
    source = f'<p dir="RTL" class="with">({page.out("بالتعاون مع")} {escape(story.agency)})</p>' if story.agency and story.authors else ""  # fmt: skip
    edition = f'<span class="edition">{page.pick("edition")}</span>' if page.chance(0.6) else ""
    chips = "".join(f'<span class="chip">{escape(each)}</span>' for each in story.tags)
    chip_row = f'<div class="chips">{chips}</div>' if chips else ""
    sub = f'<ul class="heads"><li>{escape(story.subtitle)}</li></ul>' if story.subtitle else ""
    vote = poll(page, '<div class="vote"><h5>{question}</h5><form>{answers}<button>صوّت الآن</button></form></div>', "<label><input type=radio>{text}</label>") if page.chance(0.3) else ""  # fmt: skip
    main = (
        f'<div class="crumb"><a href="/">{page.label("home")}</a> &gt; <a href="{here(page)}">{page.out(story.section.label)}</a></div><div class="story"><div class="story-top"><h1>{escape(story.headline)}</h1>{sub}<div class="info">{by}<span class="dt">{page.date()}</span>{edition}</div><div class="tool"><button class="a-plus">{page.out("أ+")}</button><button class="a-minus">{page.out("أ-")}</button><span>{page.label("tools")}</span><button class="play">{page.label("listen")}</button><span class="len">{page.out("02:47 دقيقة")}</span></div></div>'
        f'<div class="pic"><img src="{page.image()}" alt=""><div class="pic-c">{page.out(story.caption)}</div></div>{smart}<div class="story-text" id="articleText">{body}{source}</div>{chip_row}<div class="copy"><input value="{escape(page.outlet.url(story))}" readonly><button>{page.out("نسخ الرابط")}</button></div></div><aside><div class="opinions"><h4>{page.out("مقالات الكتّاب")}</h4>{rows(page, 4, "<div class=op><img src={image} alt=x><a href={url}>{title}</a></div>")}</div>{vote}<div class="top5"><h4>{page.label("most")}</h4>{rows(page, 5, "<p><b>{n}</b> <a href={url}>{title}</a></p>")}</div></aside>'
    )
    meta = f'<meta property="og:image" content="{page.image()}"><meta property="og:description" content="{escape(story.paragraphs[0][:100])}"><meta name="author" content="{escape(page.outlet.title)}">'
    return _frame(page, head(page, meta, title="{outlet} - {title}"), main)


def listing(page: Page) -> str:
    slide = cards(page, '<div class="slide"><a href="{url}"><img src="{image}"><span class="slide-t">{title}</span></a></div>')  # fmt: skip
    row = cards(page, '<div class="ln"><div class="ln-img"><a href="{url}"><img src="{image}"></a></div><div class="ln-b"><span class="ln-s">{section}</span><h3><a href="{url}">{title}</a></h3><p>{lead}...</p><span class="ln-d">{date}</span></div></div>')  # fmt: skip
    cut = 3 if page.section is None else 0
    others = boxes(page, '<div class="sec"><h2 class="sec-h"><a href="{url}">{label}</a></h2>{items}</div>', '<div class="sec-i"><a href="{url}"><img src="{image}"></a><h4><a href="{url}">{title}</a></h4></div>', 4) if page.section is None else ""  # fmt: skip
    side = rows(page, 5, "<p><b>{n}</b> <a href={url}>{title}</a></p>")
    main = f'<div class="slider">{"".join(slide[:cut])}</div><div class="lines">{"".join(row[cut:])}</div><a class="more-b" href="?more=1">{page.label("next")}</a>{others}<aside><div class="top5"><h4>{page.label("most")}</h4>{side}</div></aside>'
    return _frame(page, head(page), main)


BUILD = Build(
    "print_edition", article, listing, address("/{s}/local/{n}"), section_address=section_address("/{s}", "/{n}"),
    dates=("hijri-before", "hijri-both", "hijri-slash", "weekday-ampm"), zones=("Asia/Riyadh",),
    habits=Habits(bylines=0.6, agencies=0.35, subtitles=0.5, datelines=0.1, tags=0.6, extras=0.5, shortest=3, longest=12),
)  # fmt: skip
