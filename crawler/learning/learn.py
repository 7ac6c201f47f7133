"""Learn a site's profile from captures of its articles."""

from collections.abc import Iterable
from hashlib import sha256

from crawler.learning.containers import learn_templates
from crawler.learning.date_slots import distrusted_dates
from crawler.learning.field_paths import learn_fields
from crawler.learning.headline_area import with_headline_area
from crawler.learning.line_kinds import repeated_lines
from crawler.learning.other_bylines import with_other_bylines
from crawler.learning.page_views import PageView, view
from crawler.learning.path_votes import described
from crawler.learning.slots import menu_labels
from crawler.learning.values import accounts, shared_title_parts, shared_values
from crawler.profile.site_profile import NO_PROFILE, WRITER, SiteProfile
from crawler.site import Site
from storage.records import Capture

LEAST_PAGES = 3
MOST_PAGES = 24


def learn(captures: Iterable[Capture], site: Site) -> SiteProfile:
    """Learn a profile from captures of a site's articles; NO_PROFILE when fewer than three captures give an article.

    captures: at most one capture per article. Their order has no effect: a sample of 24 pages with different texts is
    drawn by a hash of their URLs.
    """
    views: list[PageView] = []
    texts: set[str] = set()
    for capture in sorted(captures, key=_draw):
        seen = view(capture, site)
        if seen is not None and seen.article.text not in texts:
            texts.add(seen.article.text)
            views.append(seen)
        if len(views) >= MOST_PAGES:
            break
    if len(views) < LEAST_PAGES:
        return NO_PROFILE
    repeated = repeated_lines(views)
    values, labels = shared_values(views), menu_labels(views)
    values |= {(WRITER, name) for name in accounts(views)}
    templates = []
    for template, members in learn_templates(views, repeated):
        known = learn_fields(members, described(template, members), values, labels)
        if (headed := with_headline_area(known, members)) is not known:
            known = described(headed, members)
        known = with_other_bylines(known, members)
        values |= distrusted_dates(members, known, values)
        templates.append(known)
    return SiteProfile(
        furniture=repeated, values=values, names=shared_title_parts(views), labels=labels, templates=tuple(templates)
    )


def _draw(capture: Capture) -> bytes:
    """The sort key of a capture: a hash of its URL, so that the sample does not depend on the order of fetching."""
    return sha256(capture.url.encode("utf-8", "replace")).digest()
