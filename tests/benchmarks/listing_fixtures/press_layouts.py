"""Layouts of single newspapers and agencies, of AMP and of Drupal 10."""

from tests.benchmarks.listing_fixtures.layout_parts import HOME, Parts, each


def _nav(p: Parts) -> str:
    return "".join(f'<a href="{HOME}/{s}">أخبار {s} والمجتمع</a>' for s in ("politics", "economy", "sport", "culture"))


def hespress(p: Parts) -> str:
    return f"""<body><div class="header-main"><div class="navbar">{_nav(p)}</div></div><div class="container"><div class="row"><div class="col-12 col-lg-8"><div class="posts-categoy row">{each(p.cards, '<div class="overlay card col-12 col-sm-6"><div class="cover"><a class="stretched-link" href="{url}" title="{title}"></a><div class="ratio-medium"><div class="card-img-top"><img src="/{n}.jpg"></div></div></div><div class="card-body"><h3 class="card-title">{title}</h3><small class="text-muted time">الثلاثاء 28 أكتوبر 2025</small></div></div>')}</div><button class="load-more">المزيد</button></div><div class="col-12 col-lg-4 most"><h4>صوت وصورة</h4>{each(p.side, '<div class="item"><a href="{url}" title="{title}"><img></a><h5>{title}</h5></div>')}</div></div></div><div class="footer">{each(p.foot, '<a href="{url}">{title}</a>')}</div></body>"""


def aljazeera(p: Parts) -> str:
    return f"""<body><div id="root"><div class="container container--header"><ul class="menu header-menu">{_nav(p)}</ul></div><div class="container container--grid"><main id="main-content-area" class="main-content"><section class="featured-news">{each(p.slider, '<div class="themed-featured-posts-list__item"><article class="article-card"><h3 class="article-card__title"><a href="{url}"><span>{title}</span></a></h3></article></div>')}</section><section id="news-feed-container" class="l-col l-col--8">{each(p.cards, '<article class="gc u-clickable-card gc--type-post gc--list"><div class="gc__content"><div class="gc__header-wrap"><h3 class="gc__title"><a href="{url}" class="u-clickable-card__link"><span>{title}</span></a></h3></div><div class="gc__body-wrap"><div class="gc__excerpt"><p>نص قصير من الخبر يظهر تحت العنوان</p></div></div></div><div class="gc__image-wrap"><img></div></article>')}</section></main><div class="l-col l-col--4 sidebar-popular"><ol class="trending-articles__list">{each(p.side, '<li><a href="{url}"><h4>{title}</h4></a></li>')}</ol></div></div><footer>{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></body>"""


def youm7(p: Parts) -> str:
    return f"""<body><div class="wrapper"><div id="mainMenuTop">{_nav(p)}</div><div class="container"><div class="row"><div class="col-xs-8 right-col"><div id="paging">{each(p.cards, '<div class="col-xs-12 bigOneSec"><a class="bigOneImg" href="{url}"><img></a><div><h3><a href="{url}">{title}</a></h3><span class="newsDate2">الثلاثاء، 28 أكتوبر 2025 02:18 م</span><p>نص قصير من الخبر يظهر تحت العنوان</p></div></div>')}</div></div><div class="col-xs-4 left-col"><div class="mostR"><h2>الأكثر قراءة</h2>{each(p.side, '<div class="cont"><a href="{url}">{title}</a></div>')}</div></div></div></div></div></body>"""


def bbc(p: Parts) -> str:
    return f"""<body><div><header role="banner"><nav>{_nav(p)}</nav></header><main role="main"><h1 id="content">شرق أوسط</h1><div class="bbc-1fxtbkn"><ul class="bbc-k6wdzo" role="list">{each(p.cards, '<li class="bbc-t44f9r"><div class="bbc-bjn8wh e1v051r10" data-e2e="story-promo"><div class="promo-image"><img></div><div class="promo-text"><h2 class="bbc-766agu"><a href="{url}" class="bbc-1i4ie53">{title}</a></h2><time>قبل 3 ساعة</time></div></div></li>')}</ul></div></main><footer role="contentinfo">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></body>"""


def masry(p: Parts) -> str:
    return f"""<body class="section"><div class="top_menu">{_nav(p)}</div><div class="main"><div class="min-content"><div class="news_list">{each(p.cards, '<div class="news"><a href="{url}"><div class="img_contain"><img></div><div class="text_contain"><p>{title}</p><h4>نص قصير</h4></div></a></div>')}</div></div><div class="left_area"><div class="tit">الأكثر مشاهدة</div>{each(p.side, '<div class="news"><a href="{url}"><div class="text_contain"><p>{title}</p></div></a></div>')}</div></div></body>"""


def wafa(p: Parts) -> str:
    return f"""<body><form id="Form" action="/Pages/Category"><div class="dnnHeader">{_nav(p)}</div><div id="dnn_ContentPane"><div class="DnnModule"><div class="row">{each(p.cards, '<div class="col-lg-4 news-item"><a href="{url}"><img></a><div class="news-details"><a href="{url}" class="linked-title">{title}</a><span>2025-10-28</span></div></div>')}</div></div></div><div id="dnn_RightPane" class="right_pane"><h4>آخر الأخبار</h4><ul class="lst">{each(p.side, '<li><a href="{url}">{title}</a></li>')}</ul></div><div id="dnn_FooterPane">{each(p.foot, '<a href="{url}">{title}</a>')}</div></form></body>"""


def f24(p: Parts) -> str:
    return f"""<body class="t-content"><div class="o-page"><header class="o-header"><nav>{_nav(p)}</nav></header><main><section class="t-section"><h1 class="t-section__title">الشرق الأوسط</h1><div class="o-layout-list">{each(p.cards, '<div class="o-layout-list__item l-m-50"><div class="m-item-list-article"><a href="{url}" data-article-item-link><div class="m-item-list-article__wrapper"><div class="article__figure-wrapper"><figure><img></figure></div><div class="article__infos"><p class="article__title">{title}</p></div></div></a></div></div>')}</div></section><section class="t-section--live"><h2>الأكثر قراءة</h2><ol>{each(p.side, '<li><a href="{url}"><p class="article__title">{title}</p></a></li>')}</ol></section></main></div></body>"""


def bare(p: Parts) -> str:
    return f"""<body><center><div>{_nav(p)}</div><div class="c"><h1>أخبار</h1>{each(p.cards, '<p><a href="{url}">{title}</a> (28/10/2025)</p>')}</div><hr><div class="b">{each(p.foot[:2], '<a href="{url}">{title}</a>')}</div></center></body>"""


def mag(p: Parts) -> str:
    return (
        f"""<body class="home"><div id="app"><div class="site-nav">{_nav(p)}</div><div class="hero">{each(p.cards[:3], '<a class="hero-card" href="{url}"><img><h2>{title}</h2></a>')}</div>"""
        + "".join(
            f'<section class="strip"><h2 class="strip-title"><a href="{HOME}/{s}">{s}</a></h2><div class="strip-row">{each(p.cards[3 + i * 4 : 7 + i * 4], _CARD)}</div></section>'
            for i, s in enumerate(("politics", "economy", "sport"))
        )
        + f"""<div class="mostread-strip">{each(p.side, '<a href="{url}">{title}</a>')}</div><div class="bottom">{each(p.foot[:2], '<a href="{url}">{title}</a>')}</div></div></body>"""
    )


_CARD = '<div class="story"><a href="{url}"><img></a><h3><a href="{url}">{title}</a></h3></div>'


def lists(p: Parts) -> str:
    return f"""<body><div id="page"><div class="hd"><ul>{_nav(p)}</ul></div><div id="cols"><div id="c1"><div class="modulebox"><div class="mtitle">أخبار محلية</div><ul class="news-ul">{each(p.cards, '<li><a href="{url}">{title}</a> <i>10:15</i></li>')}</ul></div></div><div id="c2"><div class="modulebox"><div class="mtitle">الأكثر قراءة</div><ul class="news-ul">{each(p.side, '<li><a href="{url}">{title}</a></li>')}</ul></div></div></div></div></body>"""


def amp(p: Parts) -> str:
    return f"""<body><header class="amp-header"><amp-sidebar id="sb" layout="nodisplay">{_nav(p)}</amp-sidebar></header><div class="amp-wp-content"><div class="archive-heading"><h1>سياسة</h1></div><div class="posts-listing posts-listing-1">{each(p.cards, '<article class="listing-item listing-1-item clearfix post type-post"><div class="post-thumbnail"><a href="{url}"><amp-img></amp-img></a></div><h3 class="post-title"><a href="{url}">{title}</a></h3></article>')}</div></div></body>"""


def drupal10(p: Parts) -> str:
    return f"""<body class="path-taxonomy"><div class="dialog-off-canvas-main-canvas"><div class="layout-container"><header role="banner">{_nav(p)}</header><main role="main"><div class="layout-content"><div class="region region-content"><div class="block block-system-main-block"><div class="views-element-container"><div class="view view-taxonomy-term"><div class="view-content">{each(p.cards, '<div class="views-row"><article class="node node--type-article node--view-mode-teaser"><h2 class="node__title"><a href="{url}" rel="bookmark"><span class="field field--name-title">{title}</span></a></h2><div class="node__content"><div class="field field--type-image"><a href="{url}"><img></a></div><ul class="links inline"><li class="node-readmore"><a href="{url}" rel="tag" title="{title}">Read more<span class="visually-hidden"> about {title}</span></a></li></ul></div></article></div>')}</div><nav class="pager"></nav></div></div></div></div></div><aside class="layout-sidebar-second">{each(p.side, '<a href="{url}">{title}</a>')}</aside></main></div></div></body>"""
