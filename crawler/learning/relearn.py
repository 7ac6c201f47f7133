"""Update a site profile from later captures, and keep what was learned from earlier ones where it still applies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from crawler.extract.body.profiled import fit
from crawler.extract.extractor import extract
from crawler.extract.fields.bylines import is_agency_dateline
from crawler.html.decode import decode
from crawler.html.tree import parse
from crawler.learning.learn import MOST_PAGES, learn
from crawler.profile.site_profile import SiteProfile
from crawler.profile.template import Template
from crawler.site import Site
from storage.records import Capture

LEARNER = 10  # version of the learner; raised whenever the same captures give another profile
LEAST_UNFIT = 5  # fewest pages that fit no template from which a new design is learned
CHECKED = 10  # pages on which a new profile is tested
MOST_TEMPLATES = 6  # of a profile: those of the latest designs


@dataclass(frozen=True, slots=True)
class Generation:
    """An updated profile. pages: how many captures it was learned from.

    began_at: when the earliest of them was fetched, if they show a design that the old profile did not have; else None.
    """

    profile: SiteProfile
    pages: int
    began_at: datetime | None = None


def relearn(
    captures: Iterable[Capture], site: Site, old: SiteProfile, *, only_unfit: bool = False
) -> Generation | None:
    """Return the profile updated from these captures; None when no template is learned or an article is lost. Pure.

    captures: of a site's articles, one of each, the latest first. By default the profile is learned from the pages that
    fit a template of `old`, or from all if it has none; templates of which there is no page are kept, for captures from
    before a redesign. only_unfit: learn a further template from the pages that fit none; None where these are fewer
    than five. Pages of both kinds are never mixed, because two designs may have only unrelated boxes in common.
    """
    pages = [(capture, tree) for capture in captures if (tree := _tree(capture)) is not None]
    unfit = [(capture, tree) for capture, tree in pages if fit(tree, old) is None]
    if only_unfit and len(unfit) < LEAST_UNFIT:
        return None
    unfit_trees = {id(tree) for _, tree in unfit}
    fitting = [(capture, tree) for capture, tree in pages if id(tree) not in unfit_trees]
    chosen = (unfit if only_unfit or not old.templates else fitting)[:MOST_PAGES]
    new = learn((capture for capture, _ in chosen), site)
    if not new.templates:
        return None
    earlier = [tree for _, tree in fitting]
    if only_unfit:
        kept: Sequence[Template] = old.templates
        began_at = min(capture.fetched_at for capture, _ in chosen) if old.templates else None
    else:
        kept = [each for each in old.templates if not _is_superseded(each, new, earlier)]
        began_at = None
    # `fit` tries templates in order. New ones come first, unless they also fit pages of the earlier templates.
    takes_others = only_unfit and any(fit(tree, new) is not None for tree in earlier)
    in_order = [*kept[: MOST_TEMPLATES - 1], *new.templates] if takes_others else [*new.templates, *kept]
    profile = replace(
        new,
        lines=old.lines,
        # An agency's dateline recurs on many pages without being furniture.
        furniture=frozenset(line for line in new.furniture if not is_agency_dateline(line))
        | (old.furniture if kept else frozenset()),
        values=new.values | (old.values if kept else frozenset()),
        names=new.names | (old.names if kept else frozenset()),
        labels=new.labels | (old.labels if kept else frozenset()),
        templates=tuple(in_order[:MOST_TEMPLATES]),
    )
    if _loses_articles([capture for capture, _ in chosen[:CHECKED]], site, profile):
        return None
    return Generation(profile, len(chosen), began_at)


def _tree(capture: Capture) -> HtmlElement | None:
    return parse(decode(capture.body, capture.header("Content-Type")).text)


def _loses_articles(captures: Iterable[Capture], site: Site, profile: SiteProfile) -> bool:
    """Whether a page gives an article without the profile but none with it, because the sample was too uniform."""
    return any(
        extract(capture, site, profile=profile).article is None and extract(capture, site).article is not None
        for capture in captures
    )


def _is_superseded(template: Template, new: SiteProfile, earlier: Iterable[HtmlElement]) -> bool:
    """Whether a page fits both the template and a template of the new profile."""
    only = SiteProfile(templates=(template,))
    return any(fit(tree, only) is not None and fit(tree, new) is not None for tree in earlier)
