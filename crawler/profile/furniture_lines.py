"""Find furniture lines: lines that recur at the beginning or end of many of a site's articles."""

from collections import Counter
from collections.abc import Iterable, Sequence

from crawler.html.spelling import comparable_line

EDGE = 6  # paragraphs at either end that are compared
LEAST_ARTICLES = 5  # fewest articles that share a line; fewer may report one event in the same words
LEAST_SHARE = 0.1  # of all articles: the background of a running story is repeated too, but not in every tenth article
# Least share where there are fewer articles than MANY, which may all report one event. On invented sites, 10 of 14 such
# lines are found in 5 articles and all in 8; no sentence was taken for furniture, neither there nor in 236 series of a
# real newspaper's articles.
HIGH_SHARE = 0.5
MANY = 20
LONGEST = 600  # letters; a longer paragraph is text
MOST_LINES = 200
MOST_ARTICLES = 5_000


def recurring_lines(articles: Iterable[Sequence[str]]) -> frozenset[str]:
    """The lines that a site prints before or after many of its articles, as `comparable_line` gives them.

    articles: the paragraphs of each article of one site, in order; the first 5,000 are compared, equal ones once. A
    line counts where it is a paragraph within six of the beginning or end of five articles and of a tenth of all, or
    of half of all where they are fewer than twenty. At most 200 lines, the commonest first. The order of up to 5,000
    articles does not matter.
    """
    counts: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for place, paragraphs in enumerate(articles):
        if place >= MOST_ARTICLES:
            break
        edges = (*paragraphs[:EDGE], *paragraphs[max(EDGE, len(paragraphs) - EDGE) :])
        lines = tuple(comparable_line(line) for line in edges if len(line) <= LONGEST)
        if lines and lines not in seen:
            seen.add(lines)
            counts.update(set(lines) - {""})
    share = LEAST_SHARE if len(seen) >= MANY else HIGH_SHARE
    least = max(LEAST_ARTICLES, share * len(seen))
    common = sorted((-count, line) for line, count in counts.items() if count >= least)
    return frozenset(line for _, line in common[:MOST_LINES])
