"""Listing pages of the themes and CMSs of Arabic news sites, written from their structure, with invented headlines.

Each page also has the usual surroundings: menus, tickers, sliders, sidebars, boxes of the most read, pagers, footers.
The gold is known by construction: the URLs of the page's own list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

HOST = "https://news.example"
_WHO = ("وزير النقل", "رئيس البلدية", "مدير المتحف", "اتحاد الكرة", "نقابة الصيادين", "هيئة الموانئ", "جامعة الساحل")
_WHAT = ("يفتتح المحطة الجديدة", "يعلن موعد الدورة", "يناقش خطة المياه", "يستقبل وفد الطلاب", "ينفي رفع الأسعار")
_WHERE = ("في المدينة القديمة", "قبل نهاية العام", "بعد أعوام من الانتظار", "للمرة الثالثة", "رغم الأمطار")


def headline(number: int) -> str:
    """An invented headline of 25 to 60 characters, another one for every number below 175."""
    return f"{_WHO[number % 7]} {_WHAT[number % 5]} {_WHERE[number // 35 % 5]}"


@dataclass(frozen=True)
class Listing:
    """A page and the articles that it lists, as absolute URLs. theme: whose markup it follows."""

    name: str
    theme: str
    url: str
    html: str
    gold: frozenset[str]


Address = Callable[[int], str]


def slug(number: int) -> str:
    return headline(number).replace(" ", "-") + f"-{number}"


def dated(number: int) -> str:
    return f"/2026/05/{number % 28 + 1:02d}/{slug(number)}/"


def bare(number: int) -> str:
    return f"/{slug(number)}/"


def numbered(number: int) -> str:
    return f"/news/{40000 + number}"


def aspx(number: int) -> str:
    return f"/Details.aspx?id={91000 + number}"


def html_file(number: int) -> str:
    return f"/2026/05/blog-post_{number}.html"


def plain(number: int) -> str:
    return f"/?p={700 + number}"


def node(number: int) -> str:
    return f"/node/{5000 + number}"


def section(number: int) -> str:
    return f"/{('politics', 'economy', 'sport')[number % 3]}/{30000 + number}-{slug(number)}"


MENU = "".join(
    f'<li class="menu-item menu-item-object-category"><a href="/category/{path}/">{name}</a></li>'
    for path, name in (
        ("arab-world", "أخبار العالم العربي والإسلامي"),
        ("economy-and-markets", "الاقتصاد وأسواق المال والأعمال"),
        ("sport", "رياضة"),
    )
)
PAGES = (
    '<li><a href="/about-our-newspaper/">من نحن وكيف تتواصل معنا</a></li>'
    '<li><a href="/privacy-policy/">سياسة الخصوصية وشروط الاستخدام</a></li>'
)


def each(numbers: range, card: str, address: Address) -> str:
    return "".join(card.replace("URL", address(n)).replace("TITLE", headline(n)).replace("N#", str(n)) for n in numbers)


LIST, SLIDE, SIDE, TICK = range(0, 12), range(40, 45), range(60, 70), range(80, 84)


def jannah(address: Address) -> str:
    item = '<li class="post-item post-N# tie-standard"><a aria-label="TITLE" href="URL" class="post-thumb"><span class="post-cat">محليات</span><img></a><div class="post-details"><div class="post-meta"><span class="date meta-item">منذ ساعتين</span></div><h2 class="post-title"><a href="URL">TITLE</a></h2><p class="post-excerpt">نص قصير</p><a class="more-link button" href="URL">أكمل القراءة »</a></div></li>'
    side = '<li class="widget-single-post-item widget-post-list"><div class="post-widget-body"><a class="post-title the-subtitle" href="URL">TITLE</a></div></li>'
    return f"""<body id="tie-body" class="rtl archive category"><div id="tie-container"><div id="tie-wrapper"><header id="theme-header"><nav id="main-nav"><ul class="menu">{MENU}</ul></nav><div class="breaking"><ul id="breaking-news-in-header">{each(TICK, '<li><a href="URL">TITLE</a></li>', address)}</ul></div></header>
<section class="slider-area main-slider">{each(SLIDE, '<div class="slide"><h2 class="thumb-title"><a href="URL">TITLE</a></h2></div>', address)}</section>
<div id="content" class="site-content container has-sidebar sidebar-left"><div id="main-content-row" class="tie-row main-content-row"><div class="main-content tie-col-md-8 tie-col-xs-12" role="main"><div class="mag-box wide-post-box"><div class="container-wrapper"><div class="mag-box-container"><ul id="posts-container" class="posts-items">{each(LIST, item, address)}</ul></div></div></div><div class="pages-nav"><ul class="pages-numbers"><li class="the-next-page"><a href="/category/x/page/2/">الصفحة التالية من القسم</a></li></ul></div></div>
<aside class="sidebar tie-col-md-4"><div class="widget posts-list"><ul>{each(SIDE, side, address)}</ul></div></aside></div></div><footer id="footer"><ul>{PAGES}</ul></footer></div></div></body>"""


def sahifa(address: Address) -> str:
    item = '<article class="item-list"><h2 class="post-box-title"><a href="URL">TITLE</a></h2><p class="post-meta"><span class="tie-date">منذ 3 أيام</span></p><div class="post-thumbnail"><a href="URL"><img></a></div><div class="entry"><p>نص</p><a class="more-link" href="URL">أكمل القراءة »</a></div><div class="clear"></div></article>'
    return f"""<body class="rtl archive"><div class="wrapper-outer"><div id="wrapper" class="boxed"><div class="inner-wrapper"><header id="theme-header"><nav id="main-nav"><ul>{MENU}</ul></nav></header><div id="breaking-news" class="breaking-news"><ul>{each(TICK, '<li><a href="URL">TITLE</a></li>', address)}</ul></div>
<div id="main-content" class="container"><div class="content"><div id="flexslider" class="flexslider"><ul class="slides">{each(SLIDE, '<li><div class="slider-caption"><h2><a href="URL">TITLE</a></h2></div></li>', address)}</ul></div><div class="post-listing archive-box">{each(LIST, item, address)}</div><div class="pagination"><span class="pages">صفحة 1 من 9</span><a href="/category/x/page/2/">2</a></div></div>
<aside id="sidebar"><div class="theiaStickySidebar"><div id="posts-list-widget-2" class="widget posts-list"><div class="widget-container"><ul>{each(SIDE, '<li><h3><a href="URL">TITLE</a></h3></li>', address)}</ul></div></div></div></aside></div><footer id="theme-footer"><div class="footer-widgets"><ul>{PAGES}</ul></div></footer></div></div></div></body>"""


def newspaper(address: Address) -> str:
    item = '<div class="tdb_module_loop td_module_wrap td-animation-stack td-cpt-post"><div class="td-module-container td-category-pos-image"><div class="td-image-container"><a href="/category/arab-world/" class="td-post-category">أخبار العالم العربي</a><div class="td-module-thumb"><a href="URL" class="td-image-wrap" title="TITLE"><span></span></a></div></div><div class="td-module-meta-info"><h3 class="entry-title td-module-title"><a href="URL" title="TITLE">TITLE</a></h3></div></div></div>'
    side = '<div class="td_module_6 td_module_wrap"><div class="item-details"><h3 class="entry-title td-module-title"><a href="URL">TITLE</a></h3></div></div>'
    return f"""<body class="rtl archive category"><div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-template-wrap"><div class="td-header-menu-wrap"><ul class="tdb-mega-menu sf-menu">{MENU}<li class="tdb-mega-menu-item"><ul class="sub-menu">{each(TICK, '<li><h3 class="entry-title td-module-title"><a href="URL">TITLE</a></h3></li>', address)}</ul></li></ul></div></div>
<div class="td-main-content-wrap td-container-wrap"><div class="tdc-content-wrap"><div class="tdc-row"><div class="vc_row"><div class="vc_column tdi_12 wpb_column vc_column_container tdc-column td-pb-span8"><div class="wpb_wrapper"><div class="td_block_wrap tdb_category_loop td_with_ajax_pagination td-pb-border-top"><div id="tdi_44" class="td_block_inner tdb-block-inner td-fix-index">{each(LIST, item, address)}</div><div class="page-nav td-pb-padding-side"><a href="/category/x/page/2/">2</a></div></div></div></div>
<div class="vc_column wpb_column td-pb-span4 td-is-sticky"><aside class="td-ss-main-sidebar"><div class="td_block_wrap td_block_7">{each(SIDE, side, address)}</div></aside></div></div></div></div></div><div class="td-footer-wrap"><ul>{PAGES}</ul></div></div></body>"""


def jnews(address: Address) -> str:
    item = '<article class="jeg_post jeg_pl_md_2 format-standard"><div class="jeg_thumb"><a href="URL"><img></a></div><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="URL">TITLE</a></h3><div class="jeg_post_meta"><div class="jeg_meta_author"><a href="/author/huda/">هدى السالم من مكتب العاصمة</a></div><div class="jeg_meta_date"><a href="URL"><i class="fa"></i> 12 مايو، 2026</a></div></div></div></article>'
    return f"""<body class="rtl archive category jnews"><div class="jeg_viewport"><div class="jeg_header_wrapper"><div class="jeg_navbar jeg_container"><ul class="jeg_menu jeg_main_menu">{MENU}</ul></div><div class="jeg_news_ticker"><div class="jeg_news_ticker_items">{each(TICK, '<div class="jeg_news_ticker_item"><a href="URL">TITLE</a></div>', address)}</div></div></div>
<div class="jeg_main"><div class="jeg_container"><div class="jeg_content"><div class="jeg_section"><div class="container"><div class="jeg_cat_content row"><div class="jeg_main_content jeg_column col-sm-8"><div class="jnews_category_content_wrapper"><div class="jeg_postblock_3 jeg_postblock jeg_module_hook jeg_pagination_nav_1 jeg_col_2o3"><div class="jeg_block_container"><div class="jeg_posts jeg_load_more_flag">{each(LIST, item, address)}</div></div></div></div><div class="jeg_navigation jeg_pagination"><a class="page_nav next" href="/category/x/page/2/">التالي</a></div></div>
<div class="jeg_sidebar jeg_sticky_sidebar jeg_column col-sm-4"><div class="widget widget_jnews_popular"><div class="jeg_postblock"><div class="jeg_posts">{each(SIDE, '<article class="jeg_post jeg_pl_sm"><div class="jeg_postblock_content"><h3 class="jeg_post_title"><a href="URL">TITLE</a></h3></div></article>', address)}</div></div></div></div></div></div></div></div></div></div><div class="footer-holder"><ul>{PAGES}</ul></div></div></body>"""


def foxiz(address: Address) -> str:
    item = '<div class="p-wrap p-list p-list-1" data-pid="N#"><div class="p-content"><div class="p-categories p-top"><a class="p-category category-id-12" href="/category/arab-world/" rel="category">أخبار العالم العربي</a></div><h3 class="entry-title"><a class="p-url" href="URL" rel="bookmark">TITLE</a></h3><div class="p-meta"><a class="meta-author-url" href="/author/m/">مازن الجابري</a></div></div></div>'
    return f"""<body class="rtl archive category"><div class="site-outer"><header id="site-header" class="header-wrap"><nav class="main-menu-wrap"><ul class="main-menu">{MENU}</ul></nav></header><div class="site-wrap"><div class="blog-wrap is-sidebar-right"><div class="rb-container"><div class="grid-container"><div class="blog-content"><div class="block-wrap block-big block-list bottom-border"><div class="block-inner">{each(LIST, item, address)}</div><div class="pagination-wrap pagination-number"><a class="next page-numbers" href="/category/x/page/2/">2</a></div></div></div>
<div class="blog-sidebar sidebar-wrap"><div class="sidebar-inner"><div class="widget">{each(SIDE, '<div class="p-wrap p-small"><h4 class="entry-title"><a class="p-url" href="URL">TITLE</a></h4></div>', address)}</div></div></div></div></div></div></div><footer class="footer-wrap"><ul>{PAGES}</ul></footer></div></body>"""


def publisher(address: Address) -> str:
    item = '<article class="post-N# type-post format-standard listing-item listing-item-blog main-term-5"><div class="item-inner clearfix"><div class="featured"><div class="term-badges"><span class="term-badge"><a href="/category/arab-world/">أخبار العالم العربي</a></span></div><a title="TITLE" class="img-holder" href="URL"></a></div><h2 class="title"><a href="URL" class="post-url post-title">TITLE</a></h2><div class="post-meta"></div></div></article>'
    return f"""<body class="rtl archive bs-theme"><div class="main-wrap content-main-wrap"><header id="header"><ul class="main-menu menu">{MENU}</ul></header><div class="bs-newsticker"><div class="news-ticker">{each(TICK, '<li class="news"><a href="URL">TITLE</a></li>', address)}</div></div><div class="container layout-2-col"><div class="row main-section"><div class="col-sm-8 content-column"><div class="listing listing-blog listing-blog-1 clearfix">{each(LIST, item, address)}</div><div class="pagination bs-numbered-pagination"><a class="next page-numbers" href="/category/x/page/2/">2</a></div></div>
<div class="col-sm-4 sidebar-column sidebar-column-primary"><div class="widget">{each(SIDE, '<article class="listing-item listing-item-thumbnail"><p class="title"><a href="URL">TITLE</a></p></article>', address)}</div></div></div></div><footer><ul>{PAGES}</ul></footer></div></body>"""


def blogger(address: Address) -> str:
    item = '<div class="date-outer"><div class="date-posts"><div class="post-outer"><div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title"><a href="URL">TITLE</a></h3><div class="post-body entry-content"><p>نص</p></div><div class="jump-link"><a href="URL#more" title="TITLE">قراءة المزيد »</a></div></div></div></div></div>'
    return f"""<body class="loading"><div class="content"><div class="content-outer"><div class="tabs-outer"><div class="tabs section"><div class="widget PageList"><ul>{PAGES}</ul></div></div></div><div class="main-outer"><div class="fauxborder"><div class="region-inner main-inner"><div class="columns fauxcolumns"><div class="columns-inner"><div class="column-center-outer"><div class="column-center-inner"><div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed">{each(LIST, item, address)}</div><div class="blog-pager" id="blog-pager"><span id="blog-pager-older-link"><a class="blog-pager-older-link" href="/search?updated-max=2026-05-01" title="رسائل أقدم من هذه الصفحة">رسائل أقدم من هذه الصفحة</a></span></div></div></div></div></div>
<div class="column-right-outer"><div class="column-right-inner"><aside><div class="sidebar section"><div class="widget PopularPosts"><h2>المشاركات الشائعة</h2><ul>{each(SIDE, '<li><div class="item-title"><a href="URL">TITLE</a></div></li>', address)}</ul></div><div class="widget BlogArchive"><ul>{each(TICK, '<li><a href="URL">TITLE</a></li>', address)}</ul></div></div></aside></div></div></div></div></div></div></div></div></div></body>"""


def drupal(address: Address) -> str:
    item = '<div class="views-row views-row-N# views-row-odd"><div class="views-field views-field-field-image"><a href="URL"><img></a></div><div class="views-field views-field-title"><span class="field-content"><a href="URL">TITLE</a></span></div><div class="views-field views-field-created"><span>12 مايو</span></div></div>'
    return f"""<body class="html not-front page-taxonomy two-sidebars"><div id="page"><div id="header"><ul class="menu">{MENU}</ul></div><div id="main" class="clearfix"><div id="content" class="column"><div class="section"><div class="region region-content"><div class="view view-taxonomy-term view-id-taxonomy_term"><div class="view-content">{each(LIST, item, address)}</div><ul class="pager"><li class="pager-next"><a href="/politics?page=1">الصفحة التالية من القائمة ›</a></li></ul></div></div></div></div>
<div id="sidebar-first" class="column sidebar"><div class="region region-sidebar-first"><div class="block block-views"><div class="view-content">{each(SIDE, '<div class="views-row"><div class="views-field-title"><span class="field-content"><a href="URL">TITLE</a></span></div></div>', address)}</div></div></div></div></div><div id="footer"><ul>{PAGES}</ul></div></div></body>"""


def twenty(address: Address) -> str:
    item = '<article id="post-N#" class="post-N# post type-post hentry category-local tag-port"><header class="entry-header"><h2 class="entry-title"><a href="URL" rel="bookmark">TITLE</a></h2></header><div class="entry-content"><p>نص الخبر كاملا ثم <a href="/2019/01/01/خبر-قديم-جدا-في-الأرشيف/">رابط إلى خبر قديم من أرشيفنا</a></p></div><footer class="entry-footer"><span class="cat-links"><a href="/category/local/">محليات المدينة والضواحي</a></span></footer></article>'
    return f"""<body class="rtl archive category"><div id="page" class="site"><div class="site-inner"><header id="masthead" class="site-header"><nav class="main-navigation"><ul>{MENU}</ul></nav></header><div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">{each(LIST, item, address)}<nav class="navigation pagination"><div class="nav-links"><a class="next page-numbers" href="/category/x/page/2/">الصفحة التالية من المقالات</a></div></nav></main></div><aside id="secondary" class="sidebar widget-area"><section id="recent-posts-2" class="widget widget_recent_entries"><ul>{each(SIDE, '<li><a href="URL">TITLE</a></li>', address)}</ul></section></aside></div></div></div></body>"""


def bootstrap(address: Address) -> str:
    item = '<div class="col-md-6"><div class="news-box"><a href="URL"><img alt="TITLE"></a><a class="cat" href="/section/12">شؤون عربية ودولية متنوعة</a><h4><a href="URL">TITLE</a></h4></div></div>'
    rows = "".join(f'<div class="row">{each(range(n, n + 2), item, address)}</div>' for n in range(0, 12, 2))
    return f"""<body><div class="top-header"><div class="container"><ul class="nav navbar-nav">{MENU}</ul></div></div><div class="container"><div class="row"><div class="col-md-8"><h1>سياسة</h1>{rows}<ul class="pagination"><li><a href="/section/7?page=2">2</a></li></ul></div><div class="col-md-4"><div class="panel"><div class="panel-heading">آخر الأخبار</div><div class="row">{each(SIDE, '<div class="col-md-12"><div class="news-box"><h4><a href="URL">TITLE</a></h4></div></div>', address)}</div></div></div></div></div><div class="foot"><ul>{PAGES}</ul></div></body>"""


def unnamed(address: Address) -> str:
    """No class distinguishes the box, only its heading."""
    return f"""<body><div><div><ul>{MENU}</ul></div><div><div><h2>الأكثر قراءة</h2><ol>{each(range(60, 78), '<li><a href="URL">TITLE</a></li>', address)}</ol></div><div><h1>اقتصاد</h1>{each(LIST, '<div><a href="URL"><img></a><h3><a href="URL">TITLE</a></h3><p>نص</p></div>', address)}</div></div></div></body>"""


def webforms(address: Address) -> str:
    item = '<tr><td class="NewsImage"><a href="URL"><img></a></td><td><a class="NewsTitle" href="URL">TITLE</a><br><span class="date">12/05/2026</span></td></tr>'
    return f"""<body><form method="post" action="./List.aspx" id="aspnetForm"><table width="100%"><tr><td colspan="2"><div class="menu"><ul>{MENU}</ul></div><marquee>{each(TICK, '<a href="URL">TITLE</a> ', address)}</marquee></td></tr><tr><td width="700"><table id="ctl00_Content_DataList1">{each(LIST, item, address)}</table><a href="javascript:__doPostBack('x','2')">الصفحة التالية من هذه القائمة</a></td><td width="250"><table>{each(SIDE, '<tr><td><a class="NewsTitle" href="URL">TITLE</a></td></tr>', address)}</table></td></tr></table></form></body>"""


def wrapped(address: Address) -> str:
    """Cards that are links themselves, as script frameworks render them: class names are hashes."""
    item = '<a class="sc-1a2b" href="URL"><div class="sc-9x"><img></div><div class="sc-7q"><h3 class="sc-3k">TITLE</h3><p>قبل ساعة واحدة</p></div></a>'
    return f"""<body><div id="__next"><header class="css-1"><nav><ul>{MENU}</ul></nav></header><main><section class="css-5"><div class="css-8">{each(LIST, item, address)}</div><button>المزيد</button></section><section class="css-6"><h2>الأكثر مشاهدة</h2><div class="css-8">{each(SIDE, item, address)}</div></section></main><footer><ul>{PAGES}</ul></footer></div></body>"""


def elementor(address: Address) -> str:
    item = '<article class="elementor-post elementor-grid-item post-N# post type-post"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="URL">TITLE</a></h3><a class="elementor-post__read-more" href="URL" aria-label="اقرأ المزيد عن TITLE">المزيد »</a></div></article>'
    return f"""<body class="rtl archive elementor-page"><div class="elementor elementor-location-header"><div class="elementor-widget elementor-widget-nav-menu"><nav><ul>{MENU}</ul></nav></div></div><div class="elementor elementor-location-archive"><section class="elementor-section"><div class="elementor-container"><div class="elementor-column elementor-col-66"><div class="elementor-widget-wrap"><div class="elementor-element elementor-grid-3 elementor-widget elementor-widget-archive-posts" data-widget_type="archive-posts.archive_classic"><div class="elementor-widget-container"><div class="elementor-posts-container elementor-posts">{each(LIST, item, address)}</div><nav class="elementor-pagination"><a class="page-numbers next" href="/category/x/page/2/">التالي</a></nav></div></div></div></div></div></section></div><div class="elementor-location-footer"><ul>{PAGES}</ul></div></body>"""


def front(address: Address) -> str:
    """A home page: a large card, then sections of two layouts, each with a heading that leads to its category."""
    lead = '<div class="lead"><h1><a href="URL">TITLE</a></h1><p>نص</p></div>'
    large = '<div class="card big"><a href="URL"><img></a><h2><a href="URL">TITLE</a></h2></div>'
    small = '<div class="item"><h3><a href="URL">TITLE</a></h3></div>'
    blocks = "".join(
        f'<section class="block"><div class="block-title"><a href="/category/arab-world-{n}/">أخبار العالم العربي اليوم</a></div><div class="grid">{each(range(n, n + 1), large, address)}<div class="list">{each(range(n + 1, n + 4), small, address)}</div></div></section>'
        for n in (1, 5, 9)
    )
    return f"""<body class="home"><header><nav><ul>{MENU}</ul></nav></header><div class="ticker-wrap">{each(TICK, '<a href="URL">TITLE</a>', address)}</div><div class="page-body">{each(range(0, 1), lead, address)}{blocks}</div><div class="most-read">{each(SIDE, small, address)}</div><footer><ul>{PAGES}</ul></footer></body>"""


def uuid(number: int) -> str:
    return f"/ar/{number:08x}-12ab-4c4d-9e9f-0123456789ab"


def asked(number: int) -> str:
    return f"/index.php?page=article&id={500 + number}"


def one_word(number: int) -> str:
    return f"/article/Ab{number}xZ"


def alike(address: Address) -> str:
    """A column without a name, with cards like the list's own, under a heading of its own."""
    item = '<div class="post"><a class="cat" href="/economy/world-economy">الاقتصاد العالمي والأسواق</a><h3><a href="URL">TITLE</a></h3></div>'
    return f"""<body><div class="topmenu"><ul>{MENU}</ul></div><div id="wrap"><div id="right"><h1>رياضة</h1><div class="posts">{each(LIST, item, address)}</div></div><div id="left"><div class="box"><h4>آخر الأخبار</h4><div class="posts">{each(SIDE, item, address)}</div></div></div></div></body>"""


def topped(address: Address) -> str:
    """The newest three on large cards above the list, which is in no heading elements."""
    large = '<div class="grid-item"><a href="URL"><h2>TITLE</h2></a></div>'
    item = '<div class="post"><a href="URL"><img></a><div class="txt"><a class="tit" href="URL">TITLE</a><span>محليات</span></div></div>'
    return f"""<body><div class="topmenu"><ul>{MENU}</ul></div><div class="main-area"><div class="hero-grid">{each(range(3), large, address)}</div><div class="posts">{each(range(3, 12), item, address)}</div></div></body>"""


def old_tables(address: Address) -> str:
    item = '<tr><td><a href="URL">TITLE</a></td><td>2026/05/12</td></tr>'
    return f"""<body><table><tr><td valign="top"><b>الأكثر قراءة</b><br>{each(SIDE, '<a href="URL">TITLE</a><br>', address)}</td><td><table>{each(LIST, item, address)}</table></td></tr></table></body>"""


def joomla(address: Address) -> str:
    item = '<div class="items-row cols-1 row-N# row-fluid"><div class="span12"><div class="item column-1"><div class="page-header"><h2><a href="URL">TITLE</a></h2></div><p class="readmore"><a class="btn" href="URL">اقرأ المزيد: TITLE</a></p></div></div></div>'
    return f"""<body class="site com_content view-category"><div class="body"><header class="header"><a href="/">x</a></header><nav class="navigation"><ul class="nav menu">{MENU}</ul></nav><div class="row-fluid"><main id="content" class="span9"><div class="blog">{each(LIST, item, address)}<div class="pagination"><a href="/x?start=10">التالي</a></div></div></main><div id="aside" class="span3"><div class="well"><h3>آخر المقالات</h3><ul class="latestnews">{each(SIDE, '<li><a href="URL">TITLE</a></li>', address)}</ul></div></div></div></div></body>"""


def three(address: Address) -> str:
    """A young section: three articles, beside ten in a sidebar."""
    item = '<article><h2><a href="URL">TITLE</a></h2></article>'
    return f"""<body><div class="wrap"><header><ul>{MENU}</ul></header><div class="content">{each(range(3), item, address)}</div><aside>{each(SIDE, item, address)}</aside></div></body>"""


@dataclass(frozen=True)
class Theme:
    """How a theme writes a listing, and which addresses its sites have. gold: the numbers of the stories it lists."""

    write: Callable[[Address], str]
    addresses: tuple[Address, ...]
    path: str = "/category/x/"
    gold: range = LIST


THEMES = {
    "Jannah": Theme(jannah, (dated, bare, plain)),
    "Sahifa": Theme(sahifa, (dated, bare)),
    "tagDiv Newspaper": Theme(newspaper, (dated, bare)),
    "JNews": Theme(jnews, (bare, numbered)),
    "Foxiz": Theme(foxiz, (bare, section)),
    "Publisher": Theme(publisher, (dated, bare)),
    "Blogger": Theme(blogger, (html_file,), "/search/label/x"),
    "Drupal views": Theme(drupal, (node, section), "/politics"),
    "plain WordPress": Theme(twenty, (dated, plain)),
    "Elementor": Theme(elementor, (dated, bare)),
    "Bootstrap, own CMS": Theme(bootstrap, (numbered, section), "/section/7"),
    "no classes": Theme(unnamed, (numbered, section), "/economy"),
    "tables, ASP.NET": Theme(webforms, (aspx,), "/List.aspx?cat=3"),
    "script framework": Theme(wrapped, (numbered, section), "/economy"),
    "cards alike in an unnamed column": Theme(alike, (uuid, asked, section), "/sport"),
    "large cards above the list": Theme(topped, (one_word, numbered, bare), "/politics"),
    "tables, no classes": Theme(old_tables, (asked, html_file), "/list.php?cat=3"),
    "Joomla": Theme(joomla, (section,), "/x"),
    "three articles": Theme(three, (dated, uuid), "/young", range(0, 3)),
    "home page, sections": Theme(front, (dated, section, numbered), "/", range(0, 13)),
}


def listings() -> Iterator[Listing]:
    """Every theme with every shape of address that its sites have."""
    for name, theme in THEMES.items():
        for address in theme.addresses:
            gold = frozenset(HOST + address(number) for number in theme.gold)
            html = f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8"><title>صحيفة</title></head>{theme.write(address)}</html>'
            yield Listing(f"{name}: {address.__name__}", name, HOST + theme.path, html, gold)
