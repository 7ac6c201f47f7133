"""Which pages show one article: a partition of what pages showed. Pure."""

from collections.abc import Iterable

from storage.identity.addresses import ShownPage, is_same_article


def group(shown: Iterable[ShownPage]) -> list[list[str]]:
    """The keys of the pages, those of one article together, in the order in which they were first given.

    All that one page showed is one article, as it was edited. Two pages are of one article where anything that one
    showed is the same article as anything that the other showed (`is_same_article`), or by way of a third page.
    """
    by_page: dict[str, list[ShownPage]] = {}
    for each in shown:
        by_page.setdefault(each.key, []).append(each)
    groups: list[list[str]] = []
    for key, mine in by_page.items():
        joined = [pages for pages in groups if any(_any_same(mine, by_page[page]) for page in pages)]
        if not joined:
            groups.append([key])
            continue
        joined[0] += [page for pages in joined[1:] for page in pages] + [key]
        groups = [pages for pages in groups if pages is joined[0] or pages not in joined]
    return groups


def _any_same(mine: list[ShownPage], others: list[ShownPage]) -> bool:
    return any(is_same_article(one, other) for one in mine for other in others)
