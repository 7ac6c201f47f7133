"""A third set of listings, written when the rules of the finder were done; no rule was changed for them since.

The results here say more about unseen pages than those of the two sets that the finder was written with.
"""

from collections.abc import Callable, Iterator

from tests.benchmarks.listing_fixtures.layout_parts import HOME, Parts, each
from tests.benchmarks.listing_fixtures.listing_layouts import listed_as
from tests.benchmarks.listing_fixtures.listing_pages import Listing


def _nav(p: Parts) -> str:
    return "".join(
        f'<li><a href="{HOME}/{s}">أخبار {s} والمجتمع المدني</a></li>'
        for s in ("politics", "economy", "sport", "culture")
    )


def _alarabiya(p: Parts) -> str:
    return f"""<body><div class="header_wrap"><ul class="main_nav">{_nav(p)}</ul></div><div class="layout"><div class="section_title"><h1>العرب والعالم</h1></div><div class="latest"><ul class="latest_list">{each(p.cards, '<li class="latest_item"><a class="latest_link" href="{url}"><div class="latest_img"><img></div><div class="latest_content"><span class="latest_title">{title}</span><time>قبل ساعة</time></div></a></li>')}</ul></div><div class="side_wrap"><div class="box_head">الأكثر قراءة</div><ul class="latest_list">{each(p.side, '<li class="latest_item"><a class="latest_link" href="{url}"><span class="latest_title">{title}</span></a></li>')}</ul></div></div></body>"""


def _sky(p: Parts) -> str:
    return f"""<body><div id="app"><app-header><div class="hdr"><ul>{_nav(p)}</ul></div></app-header><main class="page-content"><app-listing><div class="listing-wrap">{each(p.cards, '<div class="item-wrapper"><a class="item-link" href="{url}"><div class="img-wrap"><img></div><h3 class="item-title">{title}</h3></a><div class="item-date">15:20</div></div>')}</div></app-listing><app-most-read><div class="mr"><h2>الأكثر قراءة</h2>{each(p.side, '<a class="item-link" href="{url}"><h3>{title}</h3></a>')}</div></app-most-read></main></div></body>"""


def _rt(p: Parts) -> str:
    return f"""<body class="rtl"><div class="layout"><div class="layout__header"><ul class="nav__list">{_nav(p)}</ul></div><div class="layout__content"><h1 class="news-line__title">أخبار</h1><div class="cards__rows"><ul class="cards cards_list">{each(p.cards, '<li class="card card-list"><div class="card__image"><a href="{url}"><img></a></div><div class="card__heading"><a class="heading link" href="{url}">{title}</a></div><div class="card__date">28.10.2025</div></li>')}</ul><button class="button__more">المزيد</button></div></div><div class="layout__right-column"><div class="aside-news">{each(p.side, '<div class="card__heading"><a class="link" href="{url}">{title}</a></div>')}</div></div></div></body>"""


def _mayadeen(p: Parts) -> str:
    return f"""<body><div class="top-nav"><ul>{_nav(p)}</ul></div><div class="container"><div class="page-title"><h2>سياسة</h2></div><div class="row"><div class="col-lg-8">{each(p.cards, '<article class="article-list-item"><div class="row no-gutters"><div class="col-4"><a href="{url}"><img></a></div><div class="col-8 text"><a href="{url}"><h6>{title}</h6></a><p class="d-none d-md-block">نص قصير من الخبر يظهر تحت العنوان دائما</p><ul class="meta"><li>اليوم</li></ul></div></div></article>')}</div><div class="col-lg-4"><div class="widget-box"><h5>الأكثر قراءة اليوم</h5>{each(p.side, '<div class="d-flex"><a href="{url}"><h6>{title}</h6></a></div>')}</div></div></div></div><div class="bottom-bar">{each(p.foot, '<a href="{url}">{title}</a>')}</div></body>"""


def _anadolu(p: Parts) -> str:
    return f"""<body><div class="header"><ul>{_nav(p)}</ul></div><div class="container"><div class="row"><div class="col-md-12"><h1 class="h1">الدول العربية</h1></div>{each(p.cards[:2], '<div class="col-md-6"><div class="konu-icerik"><a href="{url}"><img></a><h3><a href="{url}">{title}</a></h3></div></div>')}{each(p.cards[2:], '<div class="col-md-3"><div class="konu-icerik"><a href="{url}"><img></a><h4><a href="{url}">{title}</a></h4></div></div>')}</div></div><div class="footer"><div class="row">{each(p.foot, '<div class="col-md-3"><a href="{url}">{title}</a></div>')}</div></div></body>"""


def _hashed(p: Parts) -> str:
    return f"""<body><div class="_a1"><div class="_b2"><ul class="_c3">{_nav(p)}</ul></div><div class="_d4"><div class="_e5"><div class="_f6"><h1 class="_g7">سياسة</h1></div>{each(p.cards, '<div class="_h8"><a class="_i9" href="{url}"><span class="_j1">{title}</span></a><span class="_k2">28/10/2025</span><p class="_l3">نص قصير من الخبر يظهر تحت العنوان دائما</p></div>')}</div><div class="_m4"><div class="_n5">الأكثر مشاهدة</div>{each(p.side, '<div class="_o6"><a class="_p7" href="{url}"><span class="_j1">{title}</span></a></div>')}</div></div><div class="_q8">{each(p.foot, '<a class="_r9" href="{url}">{title}</a>')}</div></div></body>"""


def _dl(p: Parts) -> str:
    return f"""<body><div id="menu"><ul>{_nav(p)}</ul></div><div id="body"><h1>الأرشيف</h1><dl class="news">{each(p.cards, '<dt><a href="{url}">{title}</a></dt><dd>نص قصير من الخبر يظهر تحت العنوان دائما</dd>')}</dl></div><div id="right"><h3>أخبار ذات صلة</h3><ul>{each(p.side, '<li><a href="{url}">{title}</a></li>')}</ul></div></body>"""


def _generatepress(p: Parts) -> str:
    return f"""<body class="archive category rtl right-sidebar nav-below-header separate-containers"><header class="site-header"><div class="inside-header"></div></header><nav class="main-navigation"><ul>{_nav(p)}</ul></nav><div id="page" class="site grid-container container hfeed"><div id="content" class="site-content"><div class="content-area" id="primary"><main class="site-main" id="main"><header class="page-header"><h1 class="page-title">سياسة</h1></header>{each(p.cards, '<article id="post-{n}" class="post-{n} post type-post has-post-thumbnail"><div class="inside-article"><div class="post-image"><a href="{url}"><img></a></div><header class="entry-header"><h2 class="entry-title"><a href="{url}" rel="bookmark">{title}</a></h2><div class="entry-meta"><span class="posted-on"><time>28 أكتوبر</time></span></div></header><div class="entry-summary"><p>نص قصير <a class="read-more" href="{url}" aria-label="المزيد عن {title}">اقرأ المزيد</a></p></div></div></article>')}<nav class="paging-navigation"></nav></main></div><div class="widget-area sidebar is-right-sidebar" id="right-sidebar"><div class="inside-right-sidebar"><aside class="widget inner-padding"><h2 class="widget-title">أحدث المقالات</h2><ul>{each(p.side, '<li><a href="{url}">{title}</a></li>')}</ul></aside></div></div></div></div></body>"""


def _sections_home(p: Parts) -> str:
    k = 3
    g = [p.cards[i : i + k] for i in range(0, len(p.cards), k)]
    return (
        f"""<body class="front"><div class="wrap"><div class="bar"><ul class="menu">{_nav(p)}</ul></div><div class="lead-zone"><div class="lead-main">{each(g[0][:1], '<a href="{url}"><img></a><h2><a href="{url}">{title}</a></h2><p>نص قصير من الخبر يظهر تحت العنوان</p>')}</div><div class="lead-side">{each(g[0][1:], '<div class="ls"><a href="{url}"><img></a><h3><a href="{url}">{title}</a></h3></div>')}</div></div>"""
        + "".join(
            f'<div class="zone zone-{i}"><div class="zone-h"><a href="{HOME}/{s}">{s}</a></div><div class="zone-b">{each(x, _ZONE_CARD)}</div></div>'
            for i, (s, x) in enumerate(zip(("politics", "economy", "sport", "culture"), g[1:], strict=True))
        )
        + f"""<div class="zone-popular"><h4>الأكثر قراءة</h4>{each(p.side, '<a href="{url}">{title}</a>')}</div></div><div class="foot">{each(p.foot, '<a href="{url}">{title}</a>')}</div></body>"""
    )


_ZONE_CARD = '<div class="zc"><a href="{url}"><img></a><h3><a href="{url}">{title}</a></h3></div>'


def _aspgrid(p: Parts) -> str:
    return f"""<body><form id="form1"><div id="header"><div id="nav"><ul>{_nav(p)}</ul></div></div><div id="container"><div id="ContentPlaceHolder1_pnl"><div class="PageTitle">أخبار محلية</div><table id="ContentPlaceHolder1_DataList1" style="width:100%">{each(p.cards, '<tr><td><table><tr><td rowspan="2"><a id="img_{n}" href="{url}"><img></a></td><td><a id="lnk_{n}" class="NewsTitle" href="{url}">{title}</a></td></tr><tr><td><span class="NewsDate">28/10/2025 10:15</span><span class="Brief">نص قصير من الخبر يظهر تحت العنوان</span></td></tr></table></td></tr>')}</table></div><div id="leftcolumn"><table id="DataList2">{each(p.side, '<tr><td><a class="SmallTitle" href="{url}">{title}</a></td></tr>')}</table></div></div></form></body>"""


def _nuxt(p: Parts) -> str:
    return f"""<body><div id="__nuxt"><div class="min-h-screen"><header class="sticky top-0"><ul class="flex gap-4">{_nav(p)}</ul></header><div class="container mx-auto grid grid-cols-12 gap-6"><section class="col-span-12 lg:col-span-8"><h1 class="text-2xl font-bold">سياسة</h1><div class="grid grid-cols-1 md:grid-cols-2 gap-4">{each(p.cards, '<a href="{url}" class="group flex flex-col rounded-lg bg-white shadow"><img class="h-48"><div class="p-4"><span class="text-xs text-red-600">سياسة</span><p class="mt-2 text-lg font-semibold">{title}</p><span class="text-gray-500">منذ ساعتين</span></div></a>')}</div></section><section class="col-span-12 lg:col-span-4"><p class="text-xl font-bold">الأكثر قراءة</p><div class="divide-y">{each(p.side, '<a href="{url}" class="flex gap-2 py-2"><span class="text-3xl">{n}</span><p class="font-semibold">{title}</p></a>')}</div></section></div><footer class="bg-black">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></div></body>"""


_LAYOUTS: tuple[tuple[str, Callable[[Parts], str], str, int], ...] = (
    ("alarabiya", _alarabiya, "/arab-and-world/2025/10/28/{slug}", 14),
    ("sky", _sky, "/world/{n}-{slug}", 18),
    ("rt", _rt, "/world/{n}-{slug}/", 15),
    ("mayadeen", _mayadeen, "/news/politics/{slug}", 12),
    ("anadolu", _anadolu, "/ar/{slug}/{n}", 14),
    ("hashed2", _hashed, "/a/{n}", 12),
    ("dl", _dl, "/story.asp?storyid={n}", 20),
    ("generatepress", _generatepress, "/{slug}/", 10),
    ("sections-home", _sections_home, "/news/{n}", 15),
    ("aspgrid", _aspgrid, "/NewsDetails.aspx?newsId={n}", 12),
    ("nuxt", _nuxt, "/posts/{n}", 16),
)


def unseen() -> Iterator[Listing]:
    """Every layout twice, as in listing_layouts."""
    for name, layout, shape, cards in _LAYOUTS:
        yield from listed_as(name, layout, shape, None, cards)
