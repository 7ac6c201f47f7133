"""A Gulf agency in Vue: scoped attributes, a dateline with the agency's own name, a code of the desk last, both calendars, no writers."""

from html import escape

from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, section_url, text
from tests.benchmarks.invented.developed_portals.parts import address, anew, cards, menu, pager, rows, section_address
from tests.benchmarks.invented.pages import Page, Shows
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_AGENCY = "قنا"
_V = "data-v-7ba5bd90"


def _frame(page: Page, head: str, main: str) -> str:
    name = escape(page.outlet.title)
    lines = menu(page, f'<a {_V} href="{{url}}" class="v-btn v-btn--text theme--light"><span class="v-btn__content">{{label}}</span></a>', f'<a {_V} href="{{url}}" class="v-btn v-btn--active theme--light"><span class="v-btn__content">{{label}}</span></a>')  # fmt: skip
    strip = rows(page, 3, f'<div {_V} class="v-slide-item"><a href="{{url}}">{{title}}</a></div>')
    tongues = "".join(f'<a {_V} class="lang" href="/{code}">{page.out(each)}</a>' for code, each in (("en", "English"), ("fr", "Français"), ("ur", "اردو"), ("fa", "فارسى")))  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}</head><body><noscript><strong>We\'re sorry but this site doesn\'t work properly without JavaScript enabled.</strong></noscript><div id="app" data-app="true" class="v-application v-application--is-rtl theme--light"><div class="v-application--wrap"><header {_V} class="v-sheet v-app-bar"><div class="v-toolbar__content"><img alt="{name}" src="/img/logo.svg">{lines}<div class="langs">{tongues}</div><span class="hijri">{page.today()}</span></div></header><div {_V} class="breaking-news"><span>{page.label("breaking")}</span>{strip}</div>'
        f'<main class="v-main"><div class="v-main__wrap"><div class="container">{main}</div></div></main><footer {_V} class="v-footer"><span>{page.label("footer")}</span><span>{page.label("follow")}</span><small>{page.label("disclaimer")}</small></footer></div></div></body></html>'
    )


def _code(page: Page) -> str:
    letters = " ".join(page.random.sample("عمقسفرحدن", 3))
    clock = f"{page.random.randint(6, 22):02}:{page.random.randint(0, 59):02}"
    forms = (
        f"// انتهى // {clock} {letters}",
        f"(النهاية) {letters}",
        f"{letters} / {page.random.randint(1000, 2400)} ت.م",
    )
    return page.out(page.random.choice(forms))


def article(page: Page) -> str:
    anew(page, agency=_AGENCY)
    story = page.the
    pieces = [
        lambda: f'<div {_V} class="v-image"><div class="v-responsive__content"></div><img src="/media/{page.random.randint(1, 99)}.webp"><div class="v-image-caption">{page.pick("caption")}</div></div>',
    ]  # fmt: skip
    body = text(page, pieces if page.chance(0.3) else [], 1, story.blocks, p=f'<p {_V} class="mb-4">{{}}</p>', h=f'<p {_V} class="font-weight-bold">{{}}</p>', quote=f"<p {_V}>&quot;{{}}&quot;</p>", items=f"<ul {_V}>{{}}</ul>")  # fmt: skip
    crumb = f'<ul {_V} class="v-breadcrumbs"><li><a class="v-breadcrumbs__item" href="/">{page.label("home")}</a></li><li class="v-breadcrumbs__divider">/</li><li><a class="v-breadcrumbs__item" href="{section_url(page)}">{page.out(story.section.label)}</a></li></ul>'
    tools = "".join(f'<button {_V} class="v-btn v-btn--icon"><i class="mdi"></i><span class="v-tooltip__content">{page.out(each)}</span></button>' for each in ("طباعة", "تحميل الصور", "نسخ النص"))  # fmt: skip
    sub = f'<div {_V} class="subtitle-1">{escape(story.subtitle)}</div>' if story.subtitle else ""
    media = f'<div {_V} class="v-carousel"><div class="v-window-item"><img src="{page.image()}"><div class="carousel-cap">{page.out(story.caption)}</div></div></div>'
    more = rows(page, 4, f'<div {_V} class="v-card v-card--link"><a href="{{url}}"><div class="v-card__title">{{title}}</div></a></div>')  # fmt: skip
    last = rows(page, 6, f'<div {_V} class="v-list-item"><div class="v-list-item__content"><div class="v-list-item__title"><a href="{{url}}">{{title}}</a></div><div class="v-list-item__subtitle">{{clock}}</div></div></div>')  # fmt: skip
    main = (
        f'<div class="row"><div class="col-md-8 col-12">{crumb}<div {_V} class="v-card v-sheet news-details"><h1 {_V} class="v-card__title headline">{escape(story.headline)}</h1>{sub}<div {_V} class="v-card__subtitle"><i class="mdi mdi-calendar"></i> {page.date()}<span class="views"><i class="mdi mdi-eye"></i> {page.out(str(page.random.randint(101, 9999)))}</span></div>{media}<div {_V} class="v-card__actions">{tools}</div><div {_V} class="v-card__text news-text">{body}<p {_V} class="news-code">{_code(page)}</p></div></div><h3>{page.label("related")}</h3><div class="row">{more}</div></div>'
        f'<div class="col-md-4 col-12"><div {_V} class="v-list"><div class="v-subheader">{page.label("latest")}</div>{last}</div></div></div>'
    )
    return _frame(page, f'<title>{escape(page.outlet.title)}</title><meta property="og:image" content="{page.image()}">', main)  # fmt: skip


def listing(page: Page) -> str:
    big = cards(page, f'<div {_V} class="v-window-item"><a href="{{url}}"><div class="v-image" style="background-image:url({{image}})"></div><div class="headline white--text">{{title}}</div></a></div>')  # fmt: skip
    row = cards(page, f'<div {_V} class="v-card v-card--flat v-card--link"><div class="row"><div class="col-4"><a href="{{url}}"><img src="{{image}}"></a></div><div class="col-8"><a href="{{url}}" class="news-title">{{title}}</a><div class="v-card__subtitle">{{date}}</div><div class="v-card__text">{{lead}}...</div></div></div></div>')  # fmt: skip
    others = elsewhere(page, f'<div {_V} class="v-tab-item"><a class="v-tab" href="{{url}}">{{label}}</a>{{items}}</div>', f'<div {_V} class="v-list-item"><a href="{{url}}">{{title}}</a></div>')  # fmt: skip
    pages = pager(page, '<li><a class="v-pagination__item" href="{url}">{n}</a></li>', '<li><button class="v-pagination__item v-pagination__item--active">{n}</button></li>')  # fmt: skip
    label = page.section.label if page.section else page.label("latest")
    main = f'<div {_V} class="v-carousel">{"".join(big[:2])}</div><h2 {_V}>{escape(label)}</h2>{"".join(row[2:])}<ul class="v-pagination">{pages}</ul><div {_V} class="v-tabs">{others}</div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "vue_agency", article, listing, address("/ar-qa/news/news-details?id={n}&date={d}"), section_address=section_address("/ar-qa/{s}", "?page={n}"),
    dates=("hijri-before", "hijri-line", "clock-first"), zones=("Asia/Qatar", "Asia/Kuwait"), shows=Shows(authors=False, tags=False),
    habits=Habits(
        bylines=0.0, agencies=0.0, subtitles=0.2, datelines=1.0, tags=0.0, extras=0.3, shortest=2, longest=10,
        openings=(f"{{place}} في {{date}} /{_AGENCY}/ ", f"{{place}} في {{date}} /{_AGENCY}/ "),
    ),
)  # fmt: skip
