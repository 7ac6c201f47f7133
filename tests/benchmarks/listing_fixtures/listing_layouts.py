"""A second set of listings, written independently, because rules may have been fitted to the first set.

Invented headlines in the markup of each; around the list stand a ticker, a mega menu with articles, a slider, a sidebar
with the most read, and a footer with more: all of them links to other articles of the same site.
"""

from collections.abc import Callable, Iterator

from tests.benchmarks.listing_fixtures.layout_parts import HOME, SECTIONS, Parts, Press, each, menu
from tests.benchmarks.listing_fixtures.listing_pages import Listing
from tests.benchmarks.listing_fixtures.press_layouts import (
    aljazeera,
    amp,
    bbc,
    drupal10,
    f24,
    hespress,
    lists,
    mag,
    masry,
    wafa,
    youm7,
)


def _jannah(p: Parts) -> str:
    cards = each(
        p.cards,
        '<li class="post-item post-{n} tie-standard"><a aria-label="{title}" href="{url}" class="post-thumb"><img src="/i/{n}.jpg"></a><div class="post-details"><div class="post-meta"><span class="date meta-item">منذ 3 ساعات</span></div><h2 class="post-title"><a href="{url}">{title}</a></h2><p class="post-excerpt">نص قصير من الخبر…</p><a class="more-link button" href="{url}">أكمل القراءة »</a></div></li>',
    )
    side = each(
        p.side,
        '<li class="widget-single-post-item widget-post-list"><div class="post-widget-body"><a class="post-title the-subtitle" href="{url}">{title}</a></div></li>',
    )
    return f"""<body id="tie-body" class="rtl archive category"><div id="tie-wrapper" class="site header-layout-1">
<header id="theme-header" class="theme-header header-layout-1 has-shadow"><nav id="main-nav">{menu(p)}</nav>
<div id="top-nav"><div class="breaking"><ul id="breaking-news">{each(p.ticker, '<li class="news-item"><a href="{url}">{title}</a></li>')}</ul></div></div></header>
<div id="content" class="site-content container"><div id="main-content-row" class="tie-row main-content-row sidebar-left has-sidebar"><div class="main-content tie-col-md-8" role="main">
<header id="category-title-section" class="entry-header-outer"><h1 class="page-title">محليات</h1></header>
<section class="slider-area"><div class="main-slider tie-slick-slider">{each(p.slider, '<div class="slide"><h2 class="thumb-title"><a href="{url}">{title}</a></h2></div>')}</div></section>
<div class="mag-box"><div class="container-wrapper"><ul id="posts-container" data-layout="excerpt" class="posts-items">{cards}</ul></div></div>
<div class="pages-nav"><ul class="pages-numbers"><li><a class="pages-nav-item" href="{HOME}/category/local/page/2/">2</a></li></ul></div></div>
<aside class="sidebar tie-col-md-4 normal-side"><div class="widget"><ul class="posts-list-items">{side}</ul></div></aside></div></div>
<footer id="footer"><div class="footer-widget-area">{each(p.foot, '<li><a class="post-title" href="{url}">{title}</a></li>')}</div></footer></div></body>"""


def _jannah_home(p: Parts) -> str:
    size = max(1, len(p.cards) // 3)
    groups = [p.cards[:size], p.cards[size : 2 * size], p.cards[2 * size :]]
    forms = (
        '<li class="post-item tie-standard"><a class="post-thumb" href="{url}"><img src="/i/{n}.jpg"></a><div class="post-details"><h2 class="post-title"><a href="{url}">{title}</a></h2></div></li>',
        '<li class="post-item is-trending"><div class="big-thumb-left-box-inner"><div class="post-overlay"><div class="post-content"><h2 class="post-title"><a href="{url}">{title}</a></h2></div></div></div></li>',
        '<li class="post-item post-{n} post type-post"><div class="post-details"><h2 class="post-title"><a href="{url}">{title}</a></h2></div></li>',
    )
    boxes = "".join(
        f'<div id="tie-block_{n}" class="mag-box"><div class="container-wrapper"><div class="mag-box-title"><h3><a href="{HOME}/category/{n}/">أخبار القسم رقم {n}</a></h3></div><ul class="posts-items posts-list-container">{each(links, form)}</ul></div></div>'
        for n, (links, form) in enumerate(zip(groups, forms, strict=True), 1)
    )
    return f"""<body id="tie-body" class="rtl home"><div id="tie-wrapper"><header id="theme-header" class="theme-header"><nav id="main-nav">{menu(p)}</nav></header>
<div id="tiepost-1-section" class="section-wrapper container normal-width without-background"><div class="section-item is-first-section sidebar-left has-sidebar"><div class="container-normal"><div class="tie-row main-content-row">
<div class="main-content tie-col-md-8 tie-col-xs-12" role="main">{boxes}</div>
<aside class="sidebar tie-col-md-4 normal-side"><div class="widget"><ul>{each(p.side, '<li><a class="post-title" href="{url}">{title}</a></li>')}</ul></div></aside></div></div></div></div>
<footer id="footer">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></body>"""


def _sahifa(p: Parts) -> str:
    cards = each(
        p.cards,
        '<article class="item-list"><h2 class="post-box-title"><a href="{url}">{title}</a></h2><p class="post-meta"><span class="tie-date">28 أكتوبر، 2025</span></p><div class="post-thumbnail"><a href="{url}"><img src="/i/{n}.jpg"></a></div><div class="entry"><p>نص قصير</p><a class="more-link" href="{url}">أكمل القراءة »</a></div></article>',
    )
    return f"""<body class="rtl archive"><div class="wrapper-outer"><div class="background-cover"></div><header id="theme-header" class="theme-header"><nav id="main-nav"><div class="container">{menu(p)}</div></nav></header>
<div class="clear"></div><div id="breaking-news" class="breaking-news"><ul>{each(p.ticker, '<li><a href="{url}" title="{title}">{title}</a></li>')}</ul></div>
<div id="main-content" class="container sidebar-right"><div class="content"><div class="page-head"><h1 class="page-title">محليات</h1></div>
<div id="featured-posts" class="flexslider">{each(p.slider, '<div class="slider-caption"><h2><a href="{url}">{title}</a></h2></div>')}</div>
<div class="post-listing archive-box">{cards}</div><div class="pagination"><a href="{HOME}/category/local/page/2/" class="page">2</a></div></div>
<aside id="sidebar"><div class="widget" id="posts-list-widget">{each(p.side, '<li><h3><a href="{url}">{title}</a></h3></li>')}</div></aside></div>
<footer id="theme-footer">{each(p.foot, '<li><h3><a href="{url}">{title}</a></h3></li>')}</footer></div></body>"""


def _newspaper(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="td_module_10 td_module_wrap td-animation-stack"><div class="td-module-thumb"><a href="{url}" rel="bookmark" class="td-image-wrap" title="{title}"><img class="entry-thumb" src="/i/{n}.jpg"></a></div><div class="item-details"><h3 class="entry-title td-module-title"><a href="{url}" rel="bookmark" title="{title}">{title}</a></h3><div class="td-module-meta-info"><a href="'
        + HOME
        + '/category/local/" class="td-post-category">محليات من البلاد</a></div></div></div>',
    )
    return f"""<body class="rtl archive td-standard-pack"><div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-wrap td-header-style-1"><div class="td-header-menu-wrap-full"><div class="td-header-main-menu">{menu(p)}</div></div></div>
<div class="td-category-header"><h1 class="entry-title td-page-title">محليات</h1></div>
<div class="td_block_wrap td-category-grid td_block_big_grid">{each(p.slider, '<div class="td_module_mx5 td-big-grid-post"><h3 class="entry-title td-module-title"><a href="{url}" rel="bookmark">{title}</a></h3></div>')}</div>
<div class="td-main-content-wrap td-container-wrap"><div class="td-container"><div class="td-pb-row"><div class="td-pb-span8 td-main-content" role="main"><div class="td-ss-main-content">{cards}<div class="page-nav td-pb-padding-side"><a href="{HOME}/category/local/page/2/" class="page">2</a></div></div></div>
<div class="td-pb-span4 td-main-sidebar" role="complementary"><div class="td-ss-main-sidebar"><div class="td_block_wrap">{each(p.side, '<div class="td_module_6 td_module_wrap"><h3 class="entry-title td-module-title"><a href="{url}" rel="bookmark">{title}</a></h3></div>')}</div></div></div></div></div></div>
<div class="td-footer-wrapper"><div class="td-footer-container">{each(p.foot, '<div class="td_module_mx16"><h3 class="entry-title td-module-title"><a href="{url}">{title}</a></h3></div>')}</div></div></div></body>"""


def _jnews(p: Parts) -> str:
    cards = each(
        p.cards,
        '<article class="jeg_post jeg_pl_md_2 format-standard"><div class="jeg_thumb"><a href="{url}" aria-label="{title}"><img data-src="/i/{n}.jpg"></a></div><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3><div class="jeg_post_meta"><div class="jeg_meta_date"><a href="{url}"><i class="fa"></i> 28 أكتوبر، 2025</a></div></div><div class="jeg_post_excerpt"><p>نص قصير</p><a href="{url}" class="jeg_readmore">أكمل القراءة من المصدر</a></div></div></article>',
    )
    return f"""<body class="rtl archive jeg_toggle_light"><div class="jeg_viewport"><div class="jeg_header_wrapper"><div class="jeg_header normal"><div class="jeg_navbar">{menu(p)}</div></div></div>
<div class="jeg_main"><div class="jeg_container"><div class="jeg_content"><div class="jeg_section"><div class="container"><div class="jeg_cat_content row"><div class="jeg_main_content jeg_column col-sm-8"><div class="jnews_category_header_bottom"><h1 class="jeg_cat_title">محليات</h1></div>
<div class="jeg_heroblock jeg_slider_wrapper">{each(p.slider, '<div class="jeg_hero_slide"><h2 class="jeg_post_title"><a href="{url}">{title}</a></h2></div>')}</div>
<div class="jnews_category_content_wrapper"><div class="jeg_postblock jeg_col_2o3"><div class="jeg_posts jeg_block_container">{cards}</div><div class="jeg_navigation jeg_pagination"><a class="page_number" href="{HOME}/category/local/page/2/">2</a></div></div></div></div>
<div class="jeg_sidebar col-sm-4"><div class="jegStickyHolder"><div class="widget">{each(p.side, '<div class="jeg_post jeg_pl_sm"><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3></div>')}</div></div></div></div></div></div></div></div></div>
<div class="jeg_footer">{each(p.foot, '<div class="jeg_post"><h3 class="jeg_post_title"><a href="{url}">{title}</a></h3></div>')}</div></div></body>"""


def _foxiz(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="p-wrap p-list p-list-1" data-pid="{n}"><div class="list-holder"><div class="list-feat-holder"><div class="feat-holder"><a class="p-flink" href="{url}" title="{title}"><img src="/i/{n}.jpg"></a></div></div><div class="p-content"><h2 class="entry-title"><a class="p-url" href="{url}" rel="bookmark">{title}</a></h2><div class="p-meta"><span class="meta-el meta-date"><abbr class="date published">منذ يومين</abbr></span></div></div></div></div>',
    )
    return f"""<body class="rtl archive menu-ani-1 top-spacing"><div class="site-outer"><div id="site-header" class="header-wrap rb-section header-set-1"><aside id="rb-privacy" class="privacy-bar"></aside><nav id="site-navigation" class="main-menu-wrap">{menu(p)}</nav></div>
<div class="site-wrap"><header class="archive-header is-archive-page"><h1 class="archive-title">محليات</h1></header><div class="blog-wrap is-sidebar-right sticky-sidebar"><div class="rb-container edge-padding"><div class="grid-container"><div class="blog-content"><div class="block-wrap block-big block-list block-list-1"><div class="block-inner">{cards}</div><div class="pagination-wrap"><a class="page-numbers" href="{HOME}/category/local/page/2/">2</a></div></div></div>
<div class="blog-sidebar sidebar-wrap"><div class="sidebar-inner clearfix"><div class="widget">{each(p.side, '<div class="p-wrap p-small"><h5 class="entry-title"><a class="p-url" href="{url}">{title}</a></h5></div>')}</div></div></div></div></div></div></div>
<footer class="footer-wrap">{each(p.foot, '<div class="p-wrap"><h4 class="entry-title"><a class="p-url" href="{url}">{title}</a></h4></div>')}</footer></div></body>"""


def _publisher(p: Parts) -> str:
    cards = each(
        p.cards,
        '<article class="post-{n} type-post listing-item listing-item-blog listing-item-blog-1 main-term-4"><div class="item-inner clearfix"><div class="featured clearfix"><a title="{title}" class="img-holder" href="{url}"></a></div><h2 class="title"><a href="{url}" class="post-url post-title">{title}</a></h2><div class="post-meta"><span class="time"><time class="post-published">28 أكتوبر 2025</time></span></div><div class="post-summary">نص قصير</div></div></article>',
    )
    return f"""<body class="rtl archive active-light-box ltr-no page-layout-2-col page-layout-2-col-right"><div class="main-wrap content-main-wrap"><header id="header" class="site-header header-style-2"><nav id="menu-main">{menu(p)}</nav></header>
<nav role="navigation" class="bf-breadcrumb"></nav><div class="content-wrap"><main id="content" class="content-container"><div class="container layout-2-col layout-2-col-1 layout-right-sidebar"><div class="row main-section"><div class="col-sm-8 content-column"><section class="archive-title category-title"><h1 class="page-heading">محليات</h1></section>
<div class="slider-container bsl-slider-1">{each(p.slider, '<div class="listing-item-mg"><h2 class="title"><a href="{url}" class="post-url">{title}</a></h2></div>')}</div>
<div class="listing listing-blog listing-blog-1 clearfix columns-1">{cards}</div><div class="pagination bs-numbered-pagination"><a class="page-numbers" href="{HOME}/category/local/page/2/">2</a></div></div>
<div class="col-sm-4 sidebar-column sidebar-column-primary"><aside id="sidebar-primary-sidebar" class="sidebar">{each(p.side, '<article class="listing-item listing-item-tb-1"><p class="title"><a class="post-url" href="{url}">{title}</a></p></article>')}</aside></div></div></div></main></div>
<footer id="site-footer">{each(p.foot, '<p class="title"><a href="{url}">{title}</a></p>')}</footer></div></body>"""


def _blogger(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="blog-post hentry index-post"><div class="index-post-inside-wrap"><div class="post-image-wrap"><a class="post-image-link" href="{url}"><img class="post-thumb" alt="{title}" src="/i/{n}.jpg"></a></div><div class="post-info"><h2 class="post-title"><a href="{url}">{title}</a></h2><div class="post-meta"><span class="post-date published">أكتوبر 28, 2025</span></div><p class="post-snippet">نص قصير</p></div></div></div>',
    )
    return f"""<body class="index rtl"><div id="outer-wrapper"><div id="header-wrap"><div class="mega-menu section" id="mega-menu">{menu(p)}</div></div><div id="ticker" class="ticker section">{each(p.ticker, '<li><a href="{url}">{title}</a></li>')}</div>
<div id="content-wrapper"><div id="main-wrapper"><div class="main section" id="main"><div class="widget Blog" data-version="2" id="Blog1"><div class="blog-posts hfeed"><div class="grid-posts">{cards}</div></div><div class="blog-pager" id="blog-pager"><a class="blog-pager-older-link" href="{HOME}/search?updated-max=2025-10-01T10:00:00%2B03:00&amp;max-results=10">رسائل أقدم</a></div></div></div></div>
<div id="sidebar-wrapper"><div class="sidebar section"><div class="widget PopularPosts">{each(p.side, '<div class="popular-post"><h2 class="entry-title"><a href="{url}">{title}</a></h2></div>')}</div></div></div></div><div id="footer-wrapper">{each(p.foot, '<h2 class="entry-title"><a href="{url}">{title}</a></h2>')}</div></div></body>"""


def _drupal(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="views-row views-row-{n} views-row-odd"><div class="views-field views-field-field-image"><div class="field-content"><a href="{url}"><img src="/i/{n}.jpg"></a></div></div><div class="views-field views-field-title"><span class="field-content"><a href="{url}">{title}</a></span></div><div class="views-field views-field-created"><span class="field-content">28 أكتوبر 2025</span></div></div>',
    )
    return f"""<body class="html not-front one-sidebar sidebar-second page-taxonomy"><div id="page-wrapper"><div id="page"><div id="header" class="with-secondary-menu"><div class="section clearfix"></div></div><div id="main-menu" class="navigation">{menu(p, item="leaf")}</div>
<div id="main-wrapper" class="clearfix"><div id="main" class="clearfix"><div id="content" class="column"><div class="section"><h1 class="title" id="page-title">محليات</h1><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content"><div class="view view-taxonomy view-id-taxonomy_term"><div class="view-content">{cards}</div><div class="item-list"><ul class="pager"><li class="pager-next"><a href="/taxonomy/term/4?page=1">التالي ›</a></li></ul></div></div></div></div></div></div></div>
<div id="sidebar-second" class="column sidebar"><div class="section"><div class="region region-sidebar-second"><div class="view view-most-read">{each(p.side, '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{url}">{title}</a></span></div></div>')}</div></div></div></div></div></div>
<div id="footer-wrapper"><div class="section">{each(p.foot, '<span class="field-content"><a href="{url}">{title}</a></span>')}</div></div></div></div></body>"""


def _twenty_twenty_one(p: Parts) -> str:
    cards = each(
        p.cards,
        '<article id="post-{n}" class="post-{n} post type-post status-publish format-standard hentry category-local tag-news entry"><header class="entry-header"><h2 class="entry-title default-max-width"><a href="{url}">{title}</a></h2></header><div class="entry-content"><p>نص قصير… <a class="more-link" href="{url}">متابعة القراءة <span class="screen-reader-text">{title}</span></a></p></div><footer class="entry-footer default-max-width"><span class="posted-on">نُشر في <time class="entry-date published">أكتوبر 28, 2025</time></span><span class="cat-links">مصنف كـ <a href="'
        + HOME
        + '/category/local/" rel="category tag">أخبار محليات البلاد</a></span></footer></article>',
    )
    return f"""<body class="rtl archive category no-widgets"><div id="page" class="site"><header id="masthead" class="site-header has-title-and-tagline has-menu"><nav id="site-navigation" class="primary-navigation">{menu(p)}</nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><header class="page-header alignwide"><h1 class="page-title">التصنيف: محليات</h1></header>{cards}<nav class="navigation pagination"><div class="nav-links"><a class="page-numbers" href="{HOME}/category/local/page/2/">2</a></div></nav></main></div></div>
<aside class="widget-area">{each(p.side, '<li><a href="{url}">{title}</a></li>')}</aside><footer id="colophon" class="site-footer">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></body>"""


def _block_theme(p: Parts) -> str:
    cards = each(
        p.cards,
        '<li class="wp-block-post post-{n} post type-post"><figure class="wp-block-post-featured-image"><a href="{url}"><img alt="{title}" src="/i/{n}.jpg"></a></figure><h2 class="wp-block-post-title"><a href="{url}" target="_self">{title}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">نص قصير</p></div><div class="wp-block-post-date"><time>أكتوبر 28, 2025</time></div></li>',
    )
    return f"""<body class="rtl archive wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="wp-block-navigation">{menu(p)}</nav></header>
<main class="wp-block-group"><h1 class="wp-block-query-title">محليات</h1><div class="wp-block-columns"><div class="wp-block-column"><div class="wp-block-query"><ul class="wp-block-post-template is-layout-flow">{cards}</ul><nav class="wp-block-query-pagination"><a href="{HOME}/category/local/page/2/" class="wp-block-query-pagination-next">الصفحة التالية من القسم</a></nav></div></div>
<div class="wp-block-column"><h3>الأحدث</h3><ul class="wp-block-latest-posts__list wp-block-latest-posts">{each(p.side, '<li><a class="wp-block-latest-posts__post-title" href="{url}">{title}</a></li>')}</ul></div></div></main>
<footer class="wp-block-template-part">{each(p.foot, '<p><a href="{url}">{title}</a></p>')}</footer></div></body>"""


def _bootstrap(p: Parts) -> str:
    first = each(
        p.cards[:1],
        '<div class="col-12 mb-4"><a class="lead-news d-block" href="{url}"><img src="/i/{n}.jpg" class="img-fluid"><h2>{title}</h2></a></div>',
    )
    rest = each(
        p.cards[1:],
        '<div class="col-md-4 col-sm-6"><div class="card h-100"><a href="{url}"><img class="card-img-top" src="/i/{n}.jpg"></a><div class="card-body"><span class="badge bg-danger">محليات</span><h5 class="card-title"><a class="text-dark" href="{url}">{title}</a></h5><p class="card-text"><small>28/10/2025</small></p></div></div></div>',
    )
    return f"""<body><div class="container-fluid p-0"><div class="navbar navbar-expand-lg">{menu(p, item="nav-item")}</div><div class="news-bar bg-danger"><marquee>{each(p.ticker, '<a href="{url}">{title}</a>')}</marquee></div>
<div class="container my-4"><div class="row"><div class="col-lg-9"><h1 class="section-title">محليات</h1><div class="row">{first}{rest}</div><ul class="pagination"><li class="page-item"><a class="page-link" href="?page=2">التالي</a></li></ul></div>
<div class="col-lg-3"><div class="box"><h4>الأكثر قراءة</h4><ul class="list-unstyled">{each(p.side, '<li class="media"><a href="{url}">{title}</a></li>')}</ul></div></div></div></div>
<div class="bg-dark text-white"><div class="container">{each(p.foot, '<div class="col"><a href="{url}">{title}</a></div>')}</div></div></div></body>"""


def _tables(p: Parts) -> str:
    rows = each(
        p.cards,
        '<tr><td width="120"><a href="{url}"><img src="/i/{n}.jpg" border="0"></a></td><td valign="top"><a href="{url}"><b>{title}</b></a><br><font color="#666">28/10/2025</font><br>نص قصير من الخبر يظهر تحت العنوان</td></tr>',
    )
    side = each(p.side, '<tr><td>• <a href="{url}">{title}</a></td></tr>')
    links = "".join(
        f'<td><a href="{HOME}/section.php?cat={n}">أخبار {s} والمنوعات</a></td>' for n, s in enumerate(SECTIONS)
    )
    return f"""<body><form name="aspnetForm" method="post" action="list.aspx"><table width="1000" align="center"><tr><td colspan="2"><table class="topmenu"><tr>{links}</tr></table></td></tr>
<tr><td width="700" valign="top"><span class="TitleBar">محليات</span><table id="GridView1" cellspacing="0">{rows}<tr><td colspan="2"><table><tr><td><a href="{HOME}/section.php?cat=1&amp;page=2">2</a></td></tr></table></td></tr></table></td>
<td width="300" valign="top"><table class="box"><tr><th>الأكثر قراءة اليوم</th></tr>{side}</table></td></tr><tr><td colspan="2" class="bottom">{each(p.foot, '<a href="{url}">{title}</a> | ')}</td></tr></table></form></body>"""


def _hashed(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="sc-1k2jz8x-0 hYpQmn"><a class="sc-8d4fa2-1 bBqTzX" href="{url}"><div class="sc-aa12-3"><img alt="" src="/i/{n}.jpg"></div><div class="sc-b7-2 kkUwqA"><h3 class="sc-77ab-0">{title}</h3><time class="sc-11-9">منذ ساعة</time></div></a></div>',
    )
    return f"""<body><div id="__next"><div class="sc-9x-0"><header class="sc-hd-1"><nav>{menu(p, item="sc-mi-3")}</nav></header><div class="sc-wrap-2"><main class="sc-main-0"><h1 class="sc-t-1">محليات</h1><div class="sc-grid-4">{cards}</div><button class="sc-more-1">المزيد</button></main>
<aside class="sc-side-2">{each(p.side, '<a class="sc-s-1" href="{url}"><h4 class="sc-s-2">{title}</h4></a>')}</aside></div><footer class="sc-ft-0">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></div></div></body>"""


def _joomla(p: Parts) -> str:
    cards = each(
        p.cards,
        '<div class="items-row cols-1 row-{n}"><div class="item column-1" itemprop="blogPost"><div class="page-header"><h2 itemprop="name"><a href="{url}" itemprop="url">{title}</a></h2></div><dl class="article-info"><dd class="published"><time>28 تشرين الأول 2025</time></dd></dl><p>نص قصير</p><p class="readmore"><a class="btn" href="{url}" aria-label="قراءة المزيد: {title}">قراءة المزيد: {title}</a></p></div></div>',
    )
    return f"""<body class="site com_content view-category layout-blog"><div class="body"><div class="container"><header class="header"></header><nav class="navigation">{menu(p, item="item-101")}</nav><div class="row-fluid"><main id="content" class="span9"><div class="blog" itemscope><div class="page-header"><h1>محليات</h1></div>{cards}<div class="pagination"><a class="pagenav" href="{HOME}/local?start=10">التالي</a></div></div></main>
<div id="aside" class="span3"><div class="well"><ul class="mostread mod-list">{each(p.side, '<li itemscope><a href="{url}" itemprop="url"><span itemprop="name">{title}</span></a></li>')}</ul></div></div></div></div></div><footer class="footer">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></body>"""


def _elementor(p: Parts) -> str:
    cards = each(
        p.cards,
        '<article class="elementor-post elementor-grid-item post-{n} post type-post" role="listitem"><div class="elementor-post__card"><a class="elementor-post__thumbnail__link" href="{url}" tabindex="-1"><img src="/i/{n}.jpg"></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{url}">{title}</a></h3><div class="elementor-post__excerpt"><p>نص قصير</p></div><a class="elementor-post__read-more" href="{url}" aria-label="Read more about {title}">اقرأ المزيد »</a></div></div></article>',
    )
    return f"""<body class="rtl elementor-page elementor-template-full-width"><header data-elementor-type="header" class="elementor elementor-location-header"><nav class="elementor-nav-menu--main">{menu(p)}</nav></header>
<div data-elementor-type="archive" class="elementor elementor-location-archive"><section class="elementor-section elementor-top-section"><div class="elementor-container"><div class="elementor-column elementor-col-66"><h1 class="elementor-heading-title">محليات</h1><div class="elementor-widget elementor-widget-archive-posts"><div class="elementor-widget-container"><div class="elementor-posts-container elementor-posts elementor-grid" role="list">{cards}</div><nav class="elementor-pagination"><a class="page-numbers" href="{HOME}/category/local/page/2/">2</a></nav></div></div></div>
<div class="elementor-column elementor-col-33"><div class="elementor-widget elementor-widget-sidebar">{each(p.side, '<li><a href="{url}">{title}</a></li>')}</div></div></div></section></div>
<footer class="elementor-location-footer">{each(p.foot, '<a href="{url}">{title}</a>')}</footer></body>"""


def _own_home(p: Parts) -> str:
    size = max(1, len(p.cards) // 4)
    lead, rest = p.cards[:1], p.cards[1:]
    top = each(
        lead,
        '<div class="main-news"><a href="{url}"><img src="/i/1.jpg"></a><h2><a href="{url}">{title}</a></h2></div>',
    )
    boxes = "".join(
        f'<section class="block block-{at}"><h3 class="block-title"><a href="{HOME}/s/{at}">قسم الأخبار رقم {at}</a></h3><div class="items">{each(rest[at : at + size], ITEM)}</div></section>'
        for at in range(0, len(rest), size)
    )
    return f"""<body class="home"><div class="page has-ticker"><div class="head-area"><div class="mainmenu">{menu(p, item="mi")}</div><div class="urgent-news ticker-wrap">{each(p.ticker, '<a href="{url}">{title}</a>')}</div></div>
<div class="wrapper clearfix"><div class="right-col"><h1 class="hidden">صحيفة المثال</h1>{top}{boxes}</div><div class="left-col sidebar"><div class="most-read">{each(p.side, '<div class="item"><a href="{url}">{title}</a></div>')}</div></div></div><div class="foot-area footer">{each(p.foot, '<a href="{url}">{title}</a>')}</div></div></body>"""


ITEM = '<div class="item"><a class="thumb" href="{url}"><img src="/i/{n}.jpg"></a><h4><a href="{url}">{title}</a></h4></div>'

# Layout, the shape of its site's addresses, the preset that fits, and how many cards a category shows.
_LAYOUTS: tuple[tuple[str, Callable[[Parts], str], str, str | None, int], ...] = (
    ("jannah", _jannah, "/{slug}/", "jannah", 10),
    ("jannah-home", _jannah_home, "/2025/10/28/{slug}/", "jannah", 21),
    ("sahifa", _sahifa, "/archives/{n}", "sahifa", 10),
    ("newspaper", _newspaper, "/2025/10/{slug}/", "newspaper", 9),
    ("jnews", _jnews, "/{slug}/", "jnews", 8),
    ("foxiz", _foxiz, "/{n}/{slug}/", "foxiz", 12),
    ("publisher", _publisher, "/?p={n}", "publisher", 10),
    ("blogger", _blogger, "/2025/10/blog-post_{n}.html", None, 7),
    ("drupal", _drupal, "/node/{n}", None, 20),
    ("twenty-twenty-one", _twenty_twenty_one, "/{section}/{slug}/", "wordpress", 10),
    ("block-theme", _block_theme, "/?p={n}", "blocks", 10),
    ("bootstrap", _bootstrap, "/article/{n}", None, 13),
    ("tables", _tables, "/news.php?id={n}", None, 15),
    ("hashed-classes", _hashed, "/{section}/{n}-{slug}", None, 16),
    ("joomla", _joomla, "/{section}/{n}-{slug}", None, 6),
    ("elementor", _elementor, "/{slug}/", None, 9),
    ("own-home", _own_home, "/story/{n}", None, 17),
    ("hespress", hespress, "/{slug}-{n}.html", None, 12),
    ("aljazeera", aljazeera, "/news/2025/10/28/{slug}", None, 14),
    ("youm7", youm7, "/story/2025/10/28/{slug}/{n}", None, 10),
    ("bbc", bbc, "/arabic/articles/c{n}xy", None, 24),
    ("masry", masry, "/news/details/{n}", None, 15),
    ("wafa", wafa, "/Pages/Details/{n}", None, 12),
    ("f24", f24, "/ar/{slug}", None, 12),
    ("mag-home", mag, "/{section}/{n}", None, 15),
    ("lists", lists, "/article{n}.html", None, 18),
    ("amp", amp, "/{slug}/amp", None, 10),
    ("drupal10", drupal10, "/{section}/{slug}", None, 10),
)


def layouts() -> Iterator[Listing]:
    """Every layout twice: as many cards as it shows, and three of them, fewer than the sidebar has."""
    for name, layout, shape, theme, cards in _LAYOUTS:
        yield from listed_as(name, layout, shape, theme, cards)


def listed_as(
    name: str, layout: Callable[[Parts], str], shape: str, theme: str | None, cards: int
) -> Iterator[Listing]:
    """The pages of one layout; of a home page, the one with all its cards."""
    for number in (cards,) if name.endswith("-home") else (cards, 3):
        press = Press(shape)
        parts = Parts(*(press.take(each) for each in (number, 3, 4, 4, 6, 4)))
        url = f"{HOME}/" if name.endswith("-home") else f"{HOME}/category/local/"
        head = '<head><meta charset="utf-8"><title>محليات</title></head>'
        html = f'<!DOCTYPE html><html lang="ar" dir="rtl">{head}{layout(parts)}</html>'
        yield Listing(f"{name}, {number} cards", theme or name, url, html, frozenset(link.url for link in parts.cards))
