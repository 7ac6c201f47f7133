"""Grouping of pages by the article that they show. Pure."""

from collections.abc import Iterable

from storage.identity.addresses import ShownPage, is_same_article


def group(shown: Iterable[ShownPage]) -> list[list[str]]:
    """Group the keys of pages by article, in the order of their first occurrence.

    Everything that one page showed is one article, edited over time. Two pages show one article if any of their states
    are the same article (`is_same_article`), or if both are connected through a third page.
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
