"""Presets: the selectors that the sites of one theme share, and how a page shows that it has that theme.

Data alone, so that crawler.platforms and crawler.extract can both use it.
"""

from dataclasses import dataclass

from crawler.site import Selectors


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. marks: strings; any of them in a page's HTML shows that it has this theme."""

    name: str
    marks: tuple[str, ...]
    selectors: Selectors


# TieLabs Jannah 2.1 to 7.6; the theme's own markup, the same in every language.
JANNAH = Theme(
    "jannah",
    marks=("/themes/jannah/", "wp-theme-jannah", 'id="tie-body"'),
    selectors=Selectors(
        links="#posts-container .post-title a, #masonry-grid .post-title a",
        next_page=".pages-nav .the-next-page a, .pages-nav .last-page a[rel=next]",
        headline="h1.post-title.entry-title",
        subtitle="h2.entry-sub-title",
        body="div.entry-content.entry",
        date=".entry-header .single-post-meta .date, .entry-header .post-meta .date",
        authors=".entry-header .meta-author .author-name",
        categories=".entry-header .post-cat-wrap .post-cat",
        breadcrumb="#breadcrumb > a:not(:first-child)",
        tags=".post-bottom-tags .tagcloud a",
        agency=".post-bottom-source .tagcloud a",
        image=".single-featured-image img",
        drop=(
            "#breadcrumb, .post-cat-wrap, .single-post-meta, #post-extra-info, .share-buttons, #inline-related-post, "
            ".post-bottom-meta, .toggle-post-content, .post-components, #check-also-box, #go-to-top, .side-aside, "
            ".tie-popup, #theme-header, #footer, aside.sidebar, .stream-item, .screen-reader-text"
        ),
    ),
)

# The markup that WordPress's own themes and many others share.
WORDPRESS = Theme(
    "wordpress",
    marks=("/wp-content/", "/wp-includes/", 'content="WordPress'),
    selectors=Selectors(
        links="main article .entry-title a, .hentry .entry-title a",
        next_page=".navigation.pagination a.next, .nav-links a.next, .nav-previous a",
        headline="h1.entry-title",
        body="div.entry-content",
        date=".posted-on time.published, time.entry-date.published, time.entry-date",
        modified=".posted-on time.updated:not(.published)",
        authors=".byline a[rel=author], .byline .author a, .posted-by .author a, .entry-meta .author a",
        categories=".cat-links a",
        tags=".tags-links a, .tag-links a",
        image=".post-thumbnail img",
        drop="nav, .sharedaddy, .jp-relatedposts, .screen-reader-text, .author-bio, .comments-area",
    ),
)

_SHARED = (
    ".sharedaddy, .jp-relatedposts, .screen-reader-text, .author-box, .comments-area, .post-navigation, "
    ".addtoany_share_save_container"
)

# TieLabs Sahifa and Jarida, before Jannah.
SAHIFA = Theme(
    "sahifa",
    marks=("/themes/sahifa/", "/themes/jarida/"),
    selectors=Selectors(
        links="article.item-list .post-box-title a, article.item-list .post-title a",
        next_page=".pagination #tie-next-page a, .pagination a.next",
        headline="h1.post-title.entry-title",
        body="article .entry",
        date=".post-inner .post-meta .tie-date",
        authors=".post-inner .post-meta-author a",
        categories=".post-inner .post-cats a",
        breadcrumb="#crumbs a:not(:first-child)",
        tags=".post-tag a",
        image=".single-post-thumb img",
        drop=f".share-post, .post-tag, #related_posts, #check-also-box, .e3lan, .post-meta, {_SHARED}",
    ),
)

# tagDiv Newspaper and Newsmag; the second names are those of its template builder.
NEWSPAPER = Theme(
    "newspaper",
    marks=("/themes/Newspaper/", "/themes/Newsmag/", "wp-theme-newspaper", "tdb_single_content"),
    selectors=Selectors(
        links=".td-ss-main-content .td-module-title a, .tdb_loop .td-module-title a",
        next_page=".page-nav a[aria-label=next-page]",
        headline="h1.entry-title, h1.tdb-title-text",
        subtitle=".td-post-sub-title, .tdb-subtitle",
        body=".td-post-content.tagdiv-type, .tdb_single_content .tdb-block-inner, .td-post-content",
        date=".td-post-header .td-post-date time, .tdb_single_date time",
        modified=".tdb_single_modified_date time",
        authors=".td-post-header .td-post-author-name a, .tdb-author-name",
        categories=".td-post-header .td-category a, .tdb_single_categories a, .tdb-category a",
        breadcrumb=".td-crumb-container .entry-crumb:not(:first-child), .tdb-breadcrumbs .tdb-entry-crumb",
        tags=".td-post-source-tags .td-tags a, .tdb_single_tags a, .tdb-tags a",
        agency=".td-post-source-via .td-post-small-box a",
        image=".td-post-featured-image img, .tdb_single_featured_image img",
        drop=(
            f".td-a-rec, .td_block_related_posts, .td-post-next-prev, .td-post-sharing, .td-post-source-tags, {_SHARED}"
        ),
    ),
)

JNEWS = Theme(
    "jnews",
    marks=("/themes/jnews/", "wp-theme-jnews", "jeg_post_title"),
    selectors=Selectors(
        links=".jeg_main_content article.jeg_post .jeg_post_title a",
        next_page=".jeg_pagination a.next",
        headline="h1.jeg_post_title",
        subtitle="h2.jeg_post_subtitle",
        body=".entry-content .content-inner, .entry-content",
        date=".entry-header .jeg_meta_date a",
        authors=".entry-header .jeg_meta_author a",
        categories=".entry-header .jeg_meta_category a",
        breadcrumb=".jeg_breadcrumbs a",
        tags=".jeg_post_tags a",
        image=".jeg_featured img",
        drop=(
            ".jnews_inline_related_post, .jnews_related_post_container, .jeg_post_tags, .jeg_share_button, .jeg_ad, "
            f".jnews_prev_next_container, .jeg_authorbox, {_SHARED}"
        ),
    ),
)

FOXIZ = Theme(
    "foxiz",
    marks=("/themes/foxiz", "wp-theme-foxiz", "/themes/pixwell"),  # all by Theme Ruby
    selectors=Selectors(
        links=".p-wrap .entry-title a",
        next_page=".pagination-wrap a.next",
        headline="h1.s-title",
        subtitle=".s-tagline",
        body=".entry-content.rbct, .entry-content",
        date=".single-meta abbr.date.published, .single-meta time.date",
        modified=".single-meta abbr.date.updated, .single-meta time.updated-date",
        authors=".single-meta .meta-author a",
        categories=".s-cats a",
        breadcrumb=".breadcrumb-inner a",
        tags=".efoot-bar.tag-bar a, .tags-list a",
        image=".s-feat img",
        drop=f".efoot, .usr-holder, .entry-pagination, .related-sec, {_SHARED}",
    ),
)

# BetterStudio Publisher.
PUBLISHER = Theme(
    "publisher",
    marks=("/themes/publisher/", "wp-theme-publisher"),
    selectors=Selectors(
        links=".listing .title a",
        next_page=".bs-numbered-pagination a.next, .bs-links-pagination .older a",
        headline="h1.single-post-title",
        subtitle="h2.post-subtitle",
        body=".single-post-content",
        date=".single-post .post-meta .time time",
        authors=".single-post .post-meta .post-author-name",
        categories=".single-post .term-badges a",
        breadcrumb=".bf-breadcrumb-items a",
        tags=".entry-terms.post-tags a",
        agency=".entry-terms.source a",
        image=".single-featured img",
        drop=f".bs-irp, .post-related, .post-share, .post-author, .next-prev-post, .entry-terms, {_SHARED}",
    ),
)

# WordPress's block themes, Twenty Twenty-Two and later: the blocks' own classes, whatever the theme.
BLOCKS = Theme(
    "blocks",
    marks=('class="wp-site-blocks"',),
    selectors=Selectors(
        links="main .wp-block-post-template .wp-block-post-title a",
        next_page=".wp-block-query-pagination a.wp-block-query-pagination-next",
        headline="h1.wp-block-post-title",
        body=".wp-block-post-content",
        date=".wp-block-post-date time",
        authors=".wp-block-post-author__name, .wp-block-post-author-name",
        categories=".taxonomy-category a",
        tags=".taxonomy-post_tag a",
        image=".wp-block-post-featured-image img",
        drop=f".wp-block-post-navigation-link, .wp-block-comments, .wp-block-query, {_SHARED}",
    ),
)

# Google's Blogger: the class names of its own widgets, which templates keep because the editor needs them.
BLOGGER = Theme(
    "blogger",
    marks=('content="blogger"', "content='blogger'", "blogger.com/static/", "b:version="),
    selectors=Selectors(
        links=".blog-posts .post-title a, .blog-posts .entry-title a",
        next_page="a.blog-pager-older-link",
        headline="h1.post-title, h3.post-title.entry-title",
        body=".post-body.entry-content, .post-body",
        date=".post-timestamp .published, .timestamp-link .published, time.published",
        authors=".post-author [itemprop=name], .post-author .fn",
        tags=".post-labels a",
        drop=".post-footer, .blog-pager, .post-share-buttons, .comments, .jump-link, .related-posts",
    ),
)

# Drupal 7 to 11: the classes that its core gives to views, nodes and pagers.
DRUPAL = Theme(
    "drupal",
    marks=(
        'content="Drupal ',
        'data-drupal-selector="',
        "/sites/default/files/",
        "drupal-settings-json",
        "Drupal.settings",
    ),
    selectors=Selectors(
        # A view may be a block of the sidebar as well.
        links=", ".join(
            f".region-content .view-content {title} a"
            for title in (".views-row h2", ".views-row h3", ".views-row h4", ".views-field-title", ".node__title")
        ),
        next_page=".pager__item--next a, .pager-next a, .pager-load-more a, .pager a[rel=next]",
        headline="h1.page-header, h1.page-title, h1.node__title, h1#page-title",
        body=".node__content > .field--name-body, .region-content .node .field-name-body .field-items",
        date=".node__meta time, .node__submitted time, .submitted [datetime], .field--name-created time",
        # Comments have a "submitted" line, too.
        authors=(
            ".node__meta .username, .node__submitted .username, .node > .submitted .username, .node > header .username"
        ),
        tags=".field--name-field-tags a, .field-name-field-tags a",
        image=".field--name-field-image img, .field-name-field-image img",
        drop=".links, .node__links, .field--name-field-tags, .field-name-field-tags, .comment-wrapper",
    ),
)

# The most specific first.
THEMES: tuple[Theme, ...] = (
    *(JANNAH, SAHIFA, NEWSPAPER, JNEWS, FOXIZ, PUBLISHER, BLOCKS, WORDPRESS),
    *(BLOGGER, DRUPAL),
)


def theme_named(name: str) -> Theme | None:
    """The preset of that name; None when there is none."""
    return next((theme for theme in THEMES if theme.name == name), None)


# Most marks begin with one of these: a page without them has none of those marks.
_STEMS = ("/themes/", "wp-theme-")


def recognise(html: str) -> Theme | None:
    """The first theme whose mark is in the page; None without one."""
    absent = tuple(stem for stem in _STEMS if stem not in html)
    marked = (theme for theme in THEMES if any(not mark.startswith(absent) and mark in html for mark in theme.marks))
    return next(marked, None)
