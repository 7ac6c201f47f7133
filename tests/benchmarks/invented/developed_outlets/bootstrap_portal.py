"""A PHP portal on Bootstrap: slides above the headline, the lead in bold outside the text, paragraphs pasted from Word."""

from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, teaser
from tests.benchmarks.invented.developed_latest.frame import address, cards, menu, pager, section_address
from tests.benchmarks.invented.developed_outlets.fittings import elsewhere, filled, listed, section_url, text
from tests.benchmarks.invented.pages import Page
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits

_WORD = '<p dir="RTL" class="MsoNormal" style="text-align:justify"><span style="font-size:18px"><span style="font-family:Arial,sans-serif">{}</span></span></p>\n<p>&nbsp;</p>\n'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    lines = menu(page, '<li class="dropdown"><a href="{url}">{label}</a></li>')
    strip = rows(page, 5, '<div class="item"><a href="{url}"><i class="fa fa-circle"></i> {title}</a></div>')
    tabs = f'<ul class="nav nav-tabs"><li class="active"><a href="#t1" data-toggle="tab">{page.label("most")}</a></li><li><a href="#t2" data-toggle="tab">{page.label("latest")}</a></li></ul>'
    media = '<div class="media"><div class="media-right"><img class="media-object" src="/thumb/{n}.jpg"></div><div class="media-body"><h4 class="media-heading"><a href="{url}">{title}</a></h4></div></div>'
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}<link href="/css/bootstrap-rtl.min.css" rel="stylesheet"></head><body><div id="fb-root"></div><div class="top-bar"><div class="container"><div class="row"><div class="col-md-6"><i class="fa fa-calendar"></i> {page.today()}</div><div class="col-md-6 text-left">{page.pick("weather")}</div></div></div></div><div class="container"><h1 class="logo"><a href="/">{page.out(outlet.title)}</a></h1></div><nav class="navbar navbar-default"><div class="container"><ul class="nav navbar-nav"><li><a href="/"><i class="fa fa-home"></i></a></li>{lines}</ul></div></nav>'
        f'<div class="container"><div class="breaking-news"><span class="label label-danger">{page.label("breaking")}</span><div class="owl-carousel owl-theme">{strip}</div></div><div class="row"><div class="col-md-8 col-sm-12">{main}</div><div class="col-md-4 col-sm-12"><div class="panel panel-default">{tabs}<div class="tab-content"><div class="tab-pane active" id="t1">{rows(page, 5, media)}</div><div class="tab-pane" id="t2">{rows(page, 5, media)}</div></div></div><div class="panel"><iframe src="https://www.facebook.com/plugins/page.php"></iframe>{page.label("follow")}</div></div></div></div>'
        f'<footer><div class="container"><p>{page.label("footer")}</p><p class="copy">{page.label("disclaimer")}</p></div></footer></body></html>'
    )


def _head(page: Page) -> str:
    story = page.the
    keywords = ",".join(story.headline.split())
    return f'<title>{escape(page.outlet.title)} - {escape(story.headline)}</title><meta name="keywords" content="{escape(keywords)}"><meta property="og:title" content="{escape(story.headline)}"><meta property="og:description" content="{escape(story.paragraphs[0][:100])}"><meta property="og:image" content="{page.image()}"><meta property="article:published_time" content="{story.when:%Y-%m-%d %H:%M:%S}"><meta property="fb:app_id" content="1029">'


def article(page: Page) -> str:
    story = page.the
    slides = [page.out(story.caption)] + (page.several("caption", 3) if page.chance(0.4) else [])
    gallery = "".join(f'<div class="item"><img class="img-responsive" src="{page.image() if not n else f"/gallery/{n}.jpg"}"><div class="carousel-caption">{each}</div></div>' for n, each in enumerate(slides))  # fmt: skip
    info = [f'<span><i class="fa fa-clock-o"></i> {page.date()}</span>', f'<span><i class="fa fa-eye"></i> {page.pick("views")}</span>']  # fmt: skip
    if story.authors:
        names = "، ".join(map(page.out, story.authors))
        info.insert(page.random.choice((0, 1)), f'<span class="author"><i class="fa fa-pencil"></i> {page.out(page.outlet.phrase("wrote"))} {names}</span>')  # fmt: skip
    also = '<div class="well well-sm"><strong>{label}</strong> <a href="{url}">{title}</a></div>'
    panel = '<div class="panel panel-info pull-left" style="width:45%"><div class="panel-heading">{label}</div><div class="list-group"><a class="list-group-item" href="{url}">{title}</a><a class="list-group-item" href="{url2}">{title2}</a></div></div>'
    pieces = [
        lambda: teaser(page, also, panel),
        lambda: (
            f'<div class="ads text-center"><small>{page.pick("ad")}</small><ins class="adsbygoogle" data-ad-slot="88"></ins></div>'
        ),
        lambda: (
            f'<div class="embed-responsive embed-responsive-16by9"><iframe src="https://video.example/embed/{page.random.randint(1, 99)}"></iframe></div><p class="text-center text-muted">{page.pick("video")}</p>'
        ),
    ]
    lead = escape(story.blocks[0].lines[0], quote=False)
    rest = text(page, pieces, 2, story.blocks[1:], p=_WORD, h=_WORD.format('<strong><span style="color:#c0392b">{}</span></strong>'), quote=_WORD.format("<em>&quot;{}&quot;</em>"))  # fmt: skip
    source = _WORD.format(f"<strong>{page.out(page.outlet.phrase('from') + ' ' + story.agency)}</strong>") if story.agency else ""  # fmt: skip
    tags = ""
    if story.tags:
        tags = f'<div class="tags"><i class="fa fa-tags"></i> {page.label("tags")} {listed("<a class=btn-tag href=/tags.php?t={n}><span class=badge>{text}</span></a>", story.tags)}</div>'
    crumb = f'<ol class="breadcrumb"><li><a href="/">{page.label("home")}</a></li><li><a href="{section_url(page)}">{page.out(story.section.label)}</a></li><li class="active">{escape(story.headline)}</li></ol>'
    main = (
        f'{crumb}<div class="owl-carousel post-slider">{gallery}</div><div class="post-title"><h1>{escape(story.headline)}</h1>{filled("<h3 class=sub-title>{}</h3>", story.subtitle)}</div><div class="post-info">{"".join(info)}</div><div class="addthis_inline_share_toolbox"></div><div class="post-lead"><strong>{lead}</strong></div><div class="post-body" id="post-body">{rest}{source}</div>{tags}<div class="share-bottom">{page.label("share")}</div>'
        f'<h4 class="block-title"><span>{page.label("related")}</span></h4><div class="row">{rows(page, 3, "<div class=col-sm-4><div class=thumbnail><a href={url}><img src=/r.jpg><div class=caption><h5>{title}</h5></div></a></div></div>")}</div><h4 class="block-title"><span>{page.label("comments")}</span></h4><div class="fb-comments" data-href="{escape(page.outlet.url(story))}" data-numposts="5"></div>'
    )
    return _frame(page, _head(page), main)


def listing(page: Page) -> str:
    slide = cards(page, '<div class="item"><a href="{url}"><img class="img-responsive" src="{image}"></a><div class="carousel-caption"><h2><a href="{url}">{title}</a></h2></div></div>')  # fmt: skip
    tile = cards(page, '<div class="col-sm-6"><div class="thumbnail"><a href="{url}"><img src="{image}"></a><div class="caption"><h4><a href="{url}">{title}</a></h4><p>{lead}</p><small><i class="fa fa-clock-o"></i> {date}</small></div></div></div>')  # fmt: skip
    bare = cards(page, '<li class="list-group-item"><a href="{url}">{title}</a></li>')
    box = '<div class="panel panel-default"><div class="panel-heading"><a href="{url}">{label}</a></div><ul class="list-group">{items}</ul></div>'
    others = elsewhere(page, box, '<li class="list-group-item"><a href="{url}">{title}</a></li>')
    pages = f'<ul class="pagination">{pager(page, "<li><a href={url}>{n}</a></li>")}</ul>'
    main = f'<div class="owl-carousel main-slider">{"".join(slide[:3])}</div><div class="row">{"".join(tile[3:7])}</div><ul class="list-group">{"".join(bare[7:])}</ul>{pages}{others}'
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", main)


BUILD = Build(
    "bootstrap_portal", article, listing, address("/news.php?id={n}"), section_address=section_address("/cat.php?c={s}", "&p={n}"),
    dates=("ampm-words", "weekday-slash", "year-slash"), zones=("Asia/Baghdad", "Asia/Hebron", "Africa/Tripoli"),
    habits=Habits(bylines=0.45, agencies=0.4, subtitles=0.3, datelines=0.25, extras=0.4, longest=14),
)  # fmt: skip
