"""Small newspapers on loopback, for whole crawls, in the markup of the themes and systems that Arabic sites use most.

Each has two categories of seven stories, three on a page, and one story in both. They differ in the markup of listings
and stories, and in the link from one listing page to the next.
"""

from urllib.parse import quote

from tests.support.newspapers.preset_pages import PER_PAGE, SECTIONS, Preset, jannah_button, link, queried, theme, told

ENTRY = told(
    '<h1 class="entry-title">{}</h1>',
    '<time class="entry-date published" datetime="{at}">{}</time>',
    '<div class="entry-content">{}</div>',
)
PRESETS = {
    "jannah": Preset(
        "jannah",
        theme("jannah"),
        '<li class="post-item"><div class="post-details"><h2 class="post-title"><a href="{}">{}</a></h2></div></li>'.format,
        told(
            '<h1 class="post-title entry-title">{}</h1>',
            '<meta property="article:published_time" content="{at}">',
            '<div class="entry-content entry clearfix">{}</div>',
        ),
        jannah_button,
        '<div class="main-content"><ul id="posts-container" class="posts-items">{}</ul></div>',
    ),
    "sahifa": Preset(
        "sahifa",
        theme("sahifa"),
        '<article class="item-list"><h2 class="post-box-title"><a href="{}">{}</a></h2></article>'.format,
        told(
            '<div class="post-inner"><h1 class="name post-title entry-title"><span>{}</span></h1>',
            '<meta itemprop="datePublished" content="{at}">',
            '<div class="entry">{}</div></div>',
        ),
        link('<div class="pagination"><span id="tie-next-page"><a href="{}">&raquo;</a></span></div>'),
        '<div class="post-listing archive-box">{}</div>',
    ),
    "newspaper": Preset(
        "newspaper",
        theme("Newspaper"),
        '<div class="td_module_10 td_module_wrap"><h3 class="entry-title td-module-title"><a href="{}" rel="bookmark">{}</a></h3></div>'.format,
        told(
            '<div class="td-post-header"><h1 class="entry-title">{}</h1>',
            '<span class="td-post-date"><time class="entry-date" datetime="{at}">{}</time></span></div>',
            '<div class="td-post-content tagdiv-type">{}</div>',
        ),
        link(
            '<div class="page-nav td-pb-padding-side"><a href="{}" aria-label="next-page"><i class="td-icon"></i></a></div>'
        ),
        '<div class="td-ss-main-content">{}</div>',
    ),
    "newsmag, more by a form": Preset(
        "newspaper",
        theme("Newsmag"),
        '<div class="td_module_1 td_module_wrap"><h3 class="entry-title td-module-title"><a href="{}">{}</a></h3></div>'.format,
        told(
            '<div class="td-post-header"><h1 class="entry-title">{}</h1>',
            '<span class="td-post-date"><time class="entry-date" datetime="{at}">{}</time></span></div>',
            '<div class="td-post-content">{}</div>',
        ),
        lambda pages: '<div class="td-load-more-wrap"><a href="#" class="td_ajax_load_more">تحميل المزيد</a></div>',
        '<div class="td-ss-main-content">{}</div>',
    ),
    "jnews": Preset(
        "jnews",
        theme("jnews"),
        '<article class="jeg_post jeg_pl_md_2"><h3 class="jeg_post_title"><a href="{}">{}</a></h3></article>'.format,
        told(
            '<div class="entry-header"><h1 class="jeg_post_title">{}</h1>',
            '<div class="jeg_meta_date"><a href="#">{}</a></div></div><meta property="article:published_time" content="{at}">',
            '<div class="entry-content"><div class="content-inner">{}</div></div>',
        ),
        link('<div class="jeg_navigation jeg_pagination"><a class="page_nav next" href="{}">التالي</a></div>'),
        '<div class="jeg_main_content">{}</div>',
    ),
    "foxiz, more by a script": Preset(
        "foxiz",
        theme("foxiz"),
        '<div class="p-wrap p-grid"><h3 class="entry-title"><a class="p-url" href="{}">{}</a></h3></div>'.format,
        told(
            '<h1 class="s-title">{}</h1>',
            '<div class="single-meta"><time class="date published" datetime="{at}">{}</time></div>',
            '<div class="entry-content rbct">{}</div>',
        ),
        lambda pages: (
            '<div class="pagination-wrap pagination-loadmore"><a href="#" class="loadmore-trigger">عرض المزيد</a></div>'
        ),
        '<div class="block-inner">{}</div>',
    ),
    "pixwell": Preset(
        "foxiz",
        theme("pixwell"),
        '<div class="p-wrap post-grid-2"><h3 class="entry-title"><a class="p-url" href="{}">{}</a></h3></div>'.format,
        ENTRY,
        link('<div class="pagination-wrap pagination-number"><a class="next page-numbers" href="{}">›</a></div>'),
        '<div class="rbc-content">{}</div>',
    ),
    "publisher": Preset(
        "publisher",
        theme("publisher"),
        '<article class="listing-item type-post"><h2 class="title"><a class="post-url" href="{}">{}</a></h2></article>'.format,
        told(
            '<div class="single-post"><h1 class="single-post-title"><span class="post-title">{}</span></h1>',
            '<div class="post-meta"><span class="time"><time datetime="{at}">{}</time></span></div>',
            '<div class="entry-content single-post-content">{}</div></div>',
        ),
        link('<div class="pagination bs-links-pagination"><div class="older"><a href="{}">أقدم</a></div></div>'),
        '<div class="listing listing-blog">{}</div>',
    ),
    "blogger": Preset(
        "blogger",
        "<meta content='blogger' name='generator'/>",
        '<div class="post-outer"><div class="post hentry"><h3 class="post-title entry-title"><a href="{}">{}</a></h3></div></div>'.format,
        told(
            '<div class="post hentry"><h3 class="post-title entry-title">{}</h3>',
            '<span class="post-timestamp"><abbr class="published" title="{at}">{}</abbr></span>',
            '<div class="post-body entry-content">{}</div></div>',
        ),
        link("<div class='blog-pager' id='blog-pager'><a class='blog-pager-older-link' href='{}'>رسائل أقدم</a></div>"),
        '<div class="main section"><div class="blog-posts hfeed">{}</div></div>',
        at=lambda path, n: path if n == 1 else f"{path}?updated-max=2026-05-{30 - n}T08:00:00%2B03:00&max-results=3",
        path=lambda number: f"/2026/05/blog-post_{number}.html",
        list_path=lambda section: f"/search/label/{quote(SECTIONS[section])}",
    ),
    "drupal 10": Preset(
        "drupal",
        '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
        '<div class="views-row"><article class="node node--type-article"><h2 class="node__title"><a href="{}" rel="bookmark"><span>{}</span></a></h2></article></div>'.format,
        told(
            '<div class="region-content"><h1 class="page-title"><span class="field--name-title">{}</span></h1>',
            '<footer class="node__meta"><div class="node__submitted"><time datetime="{at}">{}</time></div></footer>',
            '<div class="node__content"><div class="field field--name-body">{}</div></div></div>',
        ),
        link(
            '<nav class="pager"><ul class="pager__items"><li class="pager__item pager__item--next"><a href="{}" rel="next">'
            '<span class="visually-hidden">الصفحة التالية</span><span aria-hidden="true">››</span></a></li></ul></nav>'
        ),
        '<div class="region region-content"><div class="view-content">{}</div></div>',
        at=queried(1, 1, "page"),
        path=lambda number: f"/ar/node/{9000 + number}",
        list_path=lambda section: f"/ar/{section}",
    ),
    "drupal 7": Preset(
        "drupal",
        '<meta name="Generator" content="Drupal 7 (http://drupal.org)">',
        '<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{}">{}</a></span></div></div>'.format,
        told(
            '<div class="region region-content"><h1 class="page-header">{}</h1><div class="node node-article">',
            '<div class="submitted"><span property="dc:date dc:created" content="{at}">{}</span></div>',
            '<div class="field field-name-body"><div class="field-items"><div class="field-item">{}</div></div></div></div></div>',
        ),
        link('<ul class="pager"><li class="pager-next"><a title="Go to next page" href="{}">التالي ›</a></li></ul>'),
        '<div class="region region-content"><div class="view-content">{}</div></div>',
        at=queried(1, 1, "page"),
        path=lambda number: f"/content/{9000 + number}",
        list_path=lambda section: f"/news/{section}",
    ),
    "its own, by pieces": Preset(
        "",
        "",
        '<div class="story-card"><a class="story-link" href="{}"><b>{}</b></a></div>'.format,
        ENTRY,
        link('<button class="btn load-more" data-url="{}">المزيد من الأخبار</button>'),
        '<div class="story-list">{}</div>',
        at=lambda path, n: path if n == 1 else f"/ajax{path}?offset={(n - 1) * PER_PAGE}",
        piece=True,
    ),
    "its own, by offset": Preset(
        "",
        "",
        '<div class="tile"><a href="{}"><h4>{}</h4></a></div>'.format,
        ENTRY,
        link('<p class="bottom"><a href="{}">عرض المزيد</a></p>'),
        '<div class="tiles">{}</div>',
        at=queried(PER_PAGE, PER_PAGE, "offset"),
        list_path=lambda section: f"/section/{section}",
    ),
}
