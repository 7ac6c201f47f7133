"""SvelteKit, a site of analysis: scoped class names, the text as raw HTML between markers, footnotes, a writer's card."""

from html import escape

from tests.benchmarks.invented.held_out import heads
from tests.benchmarks.invented.held_out.furniture import fixed, menu, older, optional, people, rows, tags, varied
from tests.benchmarks.invented.pages import Outlet, Page, Shows, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/a/{story.number:x}"


def section_address(section: Section, page: int) -> str:
    return f"/c/{section.slug}" + (f"?after={page * 10}" if page > 1 else "")


def _frame(page: Page, head: str, main: str) -> str:
    name = page.out(page.outlet.title)
    links = menu(page, '<a href="{url}" class="svelte-1kq8zn">{label}</a>')
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8" />{head}<link href="/_app/immutable/assets/0.Bq.css" rel="stylesheet"></head><body data-sveltekit-preload-data="hover"><div style="display: contents"><!--[--><!--[--><header class="svelte-1kq8zn"><a class="brand svelte-1kq8zn" href="/">{name}</a><div class="links svelte-1kq8zn">{links}</div></header>'
        f'<main class="svelte-p4h2x0">{main}</main><footer class="svelte-0w81sm"><div class="svelte-0w81sm">{fixed(page, "منصة مستقلة يمولها قراؤها", "لا نقبل تمويلاً من حكومات")}</div><a class="svelte-0w81sm" href="/support">{fixed(page, "كن شريكاً")}</a><a class="svelte-0w81sm" href="/ethics">{fixed(page, "مدونة السلوك")}</a><small class="svelte-0w81sm">{name} ٢٠٢٦</small></footer><!--]--><!--]--></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(story.blocks, h='<h2 id="s">{}</h2>', quote="<blockquote>{}</blockquote>")
    inserts = {}
    if page.chance(0.5):
        inserts[3] = rows(page, 1, f'<aside class="nb"><p>{varied(page, "كتبنا في هذا من قبل", "رأي مقابل", "قد يعنيك في الموضوع عينه")}</p><p><a href="{{url}}">{{title}}</a></p></aside>')  # fmt: skip
    if page.chance(0.4):
        inserts[5] = (
            f'<p class="plea"><em>{fixed(page, "نحن بلا معلنين. إن وجدت في هذه السطور فائدة فساعدنا لنستمر.")}</em></p>'
        )
    date = f'<time class="svelte-9d0c1u">{page.date()}</time>' if story.dated else ""
    changed = f'<span class="svelte-9d0c1u">{page.out("عُدّل في " + str(page.fetched.date()))}</span>' if page.chance(0.3) else ""  # fmt: skip
    cards = people(
        page,
        '<div class="card svelte-zz3t1r"><img src="/p/{n}.webp" alt="" class="svelte-zz3t1r"><div class="svelte-zz3t1r"><b>{name}</b><p class="svelte-zz3t1r">{about}</p><a href="https://x.com/w{n}">@w{n}</a></div></div>',
    )
    further = rows(page, 3, '<li class="svelte-u77"><a href="{url}" class="svelte-u77">{title}</a></li>')
    main = (
        f'<div class="crumb svelte-9d0c1u"><a href="/">{fixed(page, "المستهل")}</a> / <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></div>'
        f"""<h1 class="svelte-9d0c1u">{escape(story.headline)}</h1>{optional("<p class='stand svelte-9d0c1u'>{}</p>", story.subtitle)}<div class="meta svelte-9d0c1u">{people(page, "<a rel='author' class='svelte-9d0c1u' href='/w/{n}'>{name}</a>", " و ")}{optional("<span class='svelte-9d0c1u'>{}</span>", story.agency, page)}{date}{changed}<button class="svelte-9d0c1u">{fixed(page, "اسمعها")}</button></div>"""
        f'<div class="cover svelte-9d0c1u"><img src="{page.image()}" alt="{escape(story.caption)}"><div class="svelte-9d0c1u">{page.out(story.caption)}</div></div><div class="prose svelte-9d0c1u"><!-- HTML_TAG_START -->{woven(parts, inserts)}<!-- HTML_TAG_END --></div>'
        f"""<div class="topics svelte-9d0c1u">{tags(page, "<a href='/k/{n}' class='svelte-9d0c1u'>{tag}</a>")}</div>{cards}<section class="svelte-u77"><h3 class="svelte-u77">{fixed(page, "الصفحة التالية من الدفتر", "خطوات تالية")}</h3><ul class="svelte-u77">{further}</ul></section>"""
    )
    return _frame(page, heads.publisher_as_author(page), main)


def listing(page: Page) -> str:
    items = "".join(
        f'<div class="item svelte-l30"><a href="{page.outlet.url(each)}" class="svelte-l30"><h2 class="svelte-l30">{escape(each.headline)}</h2><p class="svelte-l30">{escape(each.subtitle or each.paragraphs[0][:110])}</p></a><span class="svelte-l30">{page.date(each)}</span></div>'
        for each in page.shown
    )
    more = older(page, f'<a class="more svelte-l30" href="{{url}}">{fixed(page, "قلّب الصفحات")}</a>')
    return _frame(
        page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="items svelte-l30">{items}</div>{more}'
    )


BUILD = Build(
    "svelte_opinion", article, listing, address, section_address=section_address,
    dates=("of", "morocco-clock", "maghreb-dash"), zones=("Africa/Casablanca", "Africa/Tunis"),
    shows=Shows(moment="machine"), habits=Habits(extras=0.7, longest=20, bylines=0.9, agencies=0.1, datelines=0.05),
)  # fmt: skip
