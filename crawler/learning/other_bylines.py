"""Learn the paths of bylines that belong to further articles on a page, because they name other authors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.fields.bylines import split_authors
from crawler.extract.fields.credits import bylines_of, printed_names
from crawler.html.spelling import comparable
from crawler.html.tree import content
from crawler.learning.containers import PathedView
from crawler.profile.template import Template, beside_first

_LEAST_PAGES = 2  # fewest pages that name other authors at a path


def with_other_bylines(template: Template, members: Sequence[PathedView]) -> Template:
    """Return the template with `other_bylines`, the paths of bylines of further articles.

    At such a path, more pages name only authors that are not at their author paths than name one that is. Pages without
    a name at the author paths are not counted, since a byline elsewhere may be their own.
    """
    other: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for pathed in members:
        page = pathed.view.page
        shown = [
            each
            for path in template.field_paths.get("authors", ())
            for each in template.showing(page.tree, path, pathed.paths)
        ]
        writers = {name for each in beside_first(shown) for name in _names([content(each)])} if shown else set()
        if not writers:
            continue
        around = {inner for each in shown for inner in (*each.iter("*"), *each.iterancestors())}
        names_at: dict[str, set[str]] = {}
        for byline in bylines_of(page):
            if byline not in around and (names := _names(printed_names(byline))):
                names_at.setdefault(pathed.paths.near(byline, template.inner), set()).update(names)
        for path, names in names_at.items():
            (other if writers.isdisjoint(names) else own)[path] += 1
    paths = frozenset(path for path, pages in other.items() if pages >= max(_LEAST_PAGES, own[path] + 1))
    return replace(template, other_bylines=paths) if paths else template


def _names(texts: Sequence[str]) -> set[str]:
    return {comparable(name) for text in texts for name in split_authors(text)}
