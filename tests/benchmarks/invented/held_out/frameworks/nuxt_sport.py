"""Nuxt 3, a sports paper: fragments in comments, scoped attributes, every block a component, the payload as an array."""

import json
from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_V = ("data-v-7a3c01ee", "data-v-1f9b22d0", "data-v-c04d88a1")


def address(outlet: Outlet, story: Story) -> str:
    return f"/news/{story.number}"


def section_address(section: Section, page: int) -> str:
    return f"/tags/{section.slug}" + (f"/p{page}" if page > 1 else "")


def _frame(page: Page, head: str, main: str, payload: object) -> str:
    name = page.out(page.outlet.title)
    score = "".join(
        f'<div class="match" {_V[2]}><span>{varied(page, "أهلي {place}", "اتحاد {place}")}</span><b>{page.random.randint(0, 4)} : {page.random.randint(0, 3)}</b><span>{varied(page, "أهلي {place}", "اتحاد {place}")}</span></div>'
        for _ in range(3)
    )
    side = rows(page, 6, f'<li {_V[1]}><a href="{{url}}" class="" {_V[1]}><p {_V[1]}>{{title}}</p></a><i {_V[1]}>{{clock}}</i></li>')  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar-SA" dir="rtl" data-capo=""><head><meta charset="utf-8">{head}<link rel="modulepreload" as="script" crossorigin href="/_nuxt/entry.7d1.js"></head><body><div id="__nuxt"><!--[--><div class="app-layout" {_V[0]}>'
        f'<div class="scores" {_V[2]}><!--[-->{score}<!--]--></div><div class="navbar" {_V[0]}><a aria-current="page" href="/" class="router-link-active" {_V[0]}>{name}</a><!--[-->{menu(page, f"<a href={chr(34)}{{url}}{chr(34)} {_V[0]}>{{label}}</a>")}<!--]--></div>'
        f'<div class="page" {_V[0]}>{main}<div class="column-left" {_V[1]}><h4 {_V[1]}>{fixed(page, "على مدار الساعة", "من أرض الملعب الآن")}</h4><ul {_V[1]}><!--[-->{side}<!--]--></ul></div></div>'
        f'<div class="bottom" {_V[0]}><p {_V[0]}>{fixed(page, "تابعنا على سناب وإنستغرام، وشجّع بروح رياضية")}</p><p {_V[0]}>{name} {fixed(page, "مؤسسة إعلامية مرخصة برقم 44718")}</p></div></div><!--]--></div>'
        f'<script type="application/json" id="__NUXT_DATA__" data-ssr="true">{json.dumps(payload, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p=f'<div class="block" {_V[2]}><div class="block-text" {_V[2]}><p>{{}}</p></div></div>',
        h=f'<div class="block" {_V[2]}><h3 class="block-title" {_V[2]}>{{}}</h3></div>',
        quote=f'<div class="block" {_V[2]}><div class="block-quote" {_V[2]}><span {_V[2]}>{{}}</span></div></div>',
        items=f'<div class="block" {_V[2]}><ol>{{}}</ol></div>',
        table=f'<div class="block" {_V[2]}><table class="standings">{{}}</table></div>',
    )
    inserts = {}
    if page.chance(0.6):
        inserts[2] = rows(page, 1, f'<div class="block" {_V[2]}><div class="block-text" {_V[2]}><p><strong>{varied(page, "شاهد:", "طالع أيضا..", "وكان لافتاً:")}</strong> <a href="{{url}}">{{title}}</a></p></div></div>')  # fmt: skip
    if page.chance(0.4):
        inserts[4] = (
            f'<div class="block" {_V[2]}><div class="block-video"><iframe src="https://player.example/{story.number}"></iframe><p>{varied(page, "ملخص مواجهة {place} و{place}", "هدف {man} بالفيديو")}</p></div></div>'
        )
    names = people(page, f'<span class="writer" {_V[1]}>{{name}}</span>', "، ")
    by = (
        f'<div class="by" {_V[1]}>{names} <small {_V[1]}>{varied(page, "من {place}", "موفدنا إلى {place}")}</small></div>'
        if names
        else ""
    )
    wire = f'<div class="from" {_V[1]}>{page.out(story.agency)}</div>' if story.agency else ""
    sub = f'<h2 class="sub" {_V[1]}>{escape(story.subtitle)}</h2>' if story.subtitle else ""
    date = f'<div class="on" {_V[1]}>{page.date()}</div>' if story.dated else ""
    below = rows(page, 3, f'<div class="card" {_V[1]}><a href="{{url}}"><img src="{{image}}" loading="lazy"></a><a href="{{url}}" {_V[1]}><h5 {_V[1]}>{{title}}</h5></a></div>')  # fmt: skip
    main = (
        f'<div class="column-right" {_V[1]}><div class="cover" {_V[1]}><img src="{page.image()}" width="900"><p {_V[1]}>{page.out(story.caption)}</p></div><a class="label" href="{page.outlet.section_url(story.section)}" {_V[1]}>{page.out(story.section.label)}</a><h1 {_V[1]}>{escape(story.headline)}</h1>{sub}{by}{wire}{date}'
        f'<div class="share" {_V[1]}><span>{fixed(page, "بلّغ أصحابك")}</span><!--[--><a href="https://wa.me/?text=1"></a><a href="https://t.me/share"></a><!--]--></div><div class="blocks" {_V[2]}><!--[-->{woven(parts, inserts)}<!--]--></div>'
        f'<div class="tags" {_V[1]}><span {_V[1]}>{fixed(page, "دلالات الخبر", "كلمات ذات علاقة")}</span>{tags(page, "<a href=/t/{n}>{tag}</a>")}</div><div class="react" {_V[1]}><button>👍 {page.random.randint(3, 900)}</button><button>👎</button><span>{fixed(page, "ما شعورك حيال الخبر؟")}</span></div>'
        f'<div class="cards" {_V[1]}><h4>{fixed(page, "ركنيات أخرى", "دقائق إضافية")}</h4><!--[-->{below}<!--]--></div></div>'
    )
    payload = [["Reactive", 1], {"data": 2}, {"story": 3}, {"id": 4, "title": 5}, story.number, story.headline]
    return _frame(page, heads.titled(page, " – "), main, payload)


def listing(page: Page) -> str:
    cards = "".join(
        f'<div class="card" {_V[1]}><a href="{page.outlet.url(each)}"><img src="{page.image(each)}" loading="lazy"></a><a href="{page.outlet.url(each)}" {_V[1]}><h5 {_V[1]}>{escape(each.headline)}</h5></a></div>'
        for each in page.shown
    )
    more = older(page, f'<a class="load" href="{{url}}">{fixed(page, "شوط جديد من الأخبار")}</a>')
    main = f'<div class="column-right" {_V[1]}><div class="cards" {_V[1]}><!--[-->{cards}<!--]--></div>{more}</div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main, [["Reactive", 1], {"data": 2}, {}])


BUILD = Build(
    "nuxt_sport", article, listing, address, section_address=section_address,
    dates=("clock-levant", "year-slash", "weekday-plain"), zones=("Asia/Riyadh", "Asia/Amman"),
    habits=Habits(extras=0.5, longest=10, undated=0.1, datelines=0.4, openings=("{place} - ", "{place} ({agency}) - ")),
)  # fmt: skip
