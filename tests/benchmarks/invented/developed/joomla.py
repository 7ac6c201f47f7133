"""A Joomla site of some age: modules in positions, article-info lists, text as an editor pasted it from a word processor."""

from html import escape

from tests.benchmarks.invented.developed import heads
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story


def address(outlet: Outlet, story: Story) -> str:
    return f"/index.php/{story.section.slug}/{story.number}-{story.number % 7}"


def section_address(section: Section, page: int) -> str:
    return f"/index.php/{section.slug}" + (f"?start={(page - 1) * 10}" if page > 1 else "")


def _module(title: str, inner: str) -> str:
    return f'<div class="moduletable"><h3>{title}</h3>{inner}</div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<li class="item-{n}"><a href="{outlet.section_url(each)}">{page.out(each.label)}</a></li>'
        for n, each in enumerate(outlet.sections, 101)
    )
    latest = "".join(
        f'<li itemscope itemtype="https://schema.org/Article"><a href="{url}" itemprop="url"><span itemprop="name">{title}</span></a></li>'
        for url, title in page.others(5)
    )
    return (
        f'<!DOCTYPE html><html xml:lang="ar-aa" dir="rtl"><head><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management">{head}</head>'
        f'<body class="site com_content view-article"><div class="body"><div class="container"><div class="header">{page.out(outlet.title)}<div class="header-search"><input placeholder="بحث"></div></div>'
        f'<div class="navigation"><ul class="nav menu nav-pills">{menu}</ul></div><div class="row-fluid"><div id="content" class="span9">{main}</div>'
        f'<div id="aside" class="span3">{_module(page.label("latest"), f"<ul class=latestnews>{latest}</ul>")}'
        f"{_module(page.label('poll'), ''.join(f'<label>{each}</label>' for each in page.several('vote', 3)))}</div></div></div></div>"
        f'<div class="footer"><p class="pull-right">{page.label("footer")}</p><p>© 2026 {page.out(outlet.title)}</p></div></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    parts = text_html(
        story.blocks,
        p='<p style="text-align:justify" dir="RTL"><span style="font-size:14pt;font-family:simplified arabic,sans-serif">{}</span></p>',
        h='<p dir="RTL"><strong><span style="font-size:16pt">{}</span></strong></p>',
        quote='<p dir="RTL"><em>{}</em></p>',
        item='<p class="MsoListParagraph" dir="RTL">{}</p>',
        items="{}",
        table='<table class="MsoNormalTable" border="1">{}</table>',
    )
    inserts = {}
    if story.authors:
        inserts[0] = f'<p dir="RTL"><strong>{page.out("كتب: " + " و ".join(story.authors))}</strong></p>'
    if page.chance(0.5):
        links = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in page.others(3))
        inserts[3] = f'<div class="moduletable-inline"><p>{page.pick("also")}</p><ul>{links}</ul></div>'
    info = (
        f'<dl class="article-info muted"><dt class="article-info-term">التفاصيل</dt><dd class="category-name">القسم: <a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></dd>'
        f'<dd class="published"><span class="icon-calendar"></span> {page.date()}</dd><dd class="hits">{page.pick("views")}</dd></dl>'
    )
    tags = "".join(
        f'<li><a href="/index.php/component/tags/{n}" class="label label-info">{escape(tag)}</a></li>'
        for n, tag in enumerate(story.tags)
    )
    pagers = "".join(
        f'<li><a href="{page.outlet.url(page.random.choice(page.outlet.stories))}">{label}</a></li>'
        for label in ("السابق", "التالي")
    )
    source = f'<p dir="RTL">({page.out(story.agency)})</p>' if story.agency else ""
    related = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in page.others(4))
    sub = f'<p class="introsub">{escape(story.subtitle)}</p>' if story.subtitle else ""
    main = (
        f'<ul class="breadcrumb"><li><a href="/">{page.label("home")}</a></li><li><a href="{page.outlet.section_url(story.section)}">{page.out(story.section.label)}</a></li></ul>'
        f'<div class="item-page">{sub}<div class="page-header"><h2>{escape(story.headline)}</h2></div>{info}<div class="icons"><a href="?print=1">طباعة</a> <a href="#">البريد الإلكتروني</a></div>'
        f'<div class="img_caption"><img src="{page.image()}"><p class="img_caption">{page.out(story.caption)}</p></div>'
        f'{woven(parts, inserts)}{source}<ul class="tags inline">{tags}</ul><div class="rt-social"><span>{page.label("share")}</span><a>Tweet</a></div>'
        f'<ul class="pager pagenav">{pagers}</ul></div>{_module(page.label("related"), f"<ul class=relateditems>{related}</ul>")}'
    )
    return _frame(page, heads.bare(page) + f'<meta name="keywords" content="{escape(", ".join(story.tags))}">', main)


def listing(page: Page) -> str:
    rows = "".join(
        f'<div class="items-row"><div class="item"><div class="page-header"><h2><a href="{page.outlet.url(each)}">{escape(each.headline)}</a></h2></div>'
        f'<dl class="article-info"><dd>{page.date(each)}</dd></dl><p>{escape(each.paragraphs[0])}</p><p class="readmore"><a class="btn" href="{page.outlet.url(each)}">اقرأ المزيد: {escape(each.headline[:20])}...</a></p></div></div>'
        for each in page.shown
    )
    pager = ""
    if page.section:
        pager = f'<div class="pagination"><p class="counter">صفحة {page.number} من 9</p><ul><li><a title="{page.label("next")}" href="{page.outlet.section_url(page.section, page.number + 1)}">»</a></li></ul></div>'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", f'<div class="blog">{rows}{pager}</div>')


BUILD = Build(
    "joomla", article, listing, address, section_address=section_address,
    dates=("weekday-clock", "hijri-both", "dots"), zones=("Asia/Aden", "Africa/Khartoum"),
    habits=Habits(longest=10, agencies=0.4),
)  # fmt: skip
