"""Category pages with a random layout, in markup with meaningless names.

A list of cards, sometimes in rows, sometimes below a lead; a ticker, a footer, and one or two boxes of other sections'
articles behind the list or in front of it. Cards and boxes have pictures, heading elements, excerpts and dates or not,
independently of each other; so some boxes are richer than the list.
"""

from collections.abc import Iterator
from random import Random

from tests.benchmarks.listing_fixtures.listing_pages import HOST, Listing, headline

SECTIONS = ("sport", "economy", "politics", "culture", "local")
LIST = ("picture date", "picture heading", "picture heading date", "picture heading excerpt", "heading excerpt",
        "picture heading excerpt date", "heading date", "picture", "date")  # fmt: skip
BOX = ("", "date", "picture", "heading", "picture heading", "picture date")
LEAD = ("picture heading", "picture heading excerpt", "heading")


class _Maker:
    """One page in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.section = self.random.choice(SECTIONS)
        self.address = self.random.choice(("/{section}/{n}", "/news/{n}", "/{words}/", "/show.php?id={n}"))
        self.number = 0

    def name(self) -> str:
        return f"x{self.random.randrange(16**6):06x}"

    def boxed(self, html: str, times: int) -> str:
        for _ in range(times):
            html = f'<div class="{self.name()}">{html}</div>'
        return html

    def story(self, section: str) -> tuple[str, str]:
        """Path and headline of a further article."""
        self.number += 1
        title = headline(self.number)
        words = f"{title} {self.number}".replace(" ", "-")
        return self.address.format(section=section, n=1000 + self.number, words=words), title

    def cards(self, count: int, parts: str, tag: str, *, own: bool) -> tuple[list[str], set[str]]:
        """Cards of one kind, and their addresses. own: of this section; else of any."""
        kind = self.name()
        cards, urls = [], set()
        for _ in range(count):
            path, title = self.story(self.section if own else self.random.choice(SECTIONS))
            urls.add(HOST + path)
            link = f'<a href="{path}">{title}</a>'
            element = "h3" if "heading" in parts else "div"
            card = f'<{element} class="{kind}t">{link}</{element}>'
            if "picture" in parts and self.random.random() > 0.1:
                card = f'<a href="{path}"><img src="/i.jpg"></a>{card}'
            if "date" in parts:
                card += "<span>12/05/2026</span>"
            if "excerpt" in parts:
                card += f"<p>{headline(self.number + 40)} {headline(self.number + 41)}</p>"
            cards.append(f'<{tag} class="{kind}">{card}</{tag}>')
        return cards, urls


def random_layout(seed: int) -> Listing:
    """The page of that seed."""
    make = _Maker(seed)
    random = make.random
    parts, tag = random.choice(LIST), random.choice(("div", "article", "li"))
    cards, gold = make.cards(random.randint(6, 16), parts, tag, own=True)
    per_row = random.choice((0, 0, 0, 2, 3))
    if per_row:
        row = make.name()
        rows = (cards[at : at + per_row] for at in range(0, len(cards), per_row))
        cards = [f'<div class="{row}">{"".join(each)}</div>' for each in rows]
    column = make.boxed("".join(cards), 1)
    if random.random() < 0.35:
        lead, urls = make.cards(random.randint(1, 3), random.choice(LEAD), "div", own=True)
        column, gold = make.boxed("".join(lead), 1) + column, gold | urls
    if random.random() < 0.5:
        column = f"<h1>القسم</h1>{column}"
    boxes = ""
    for _ in range(random.choice((1, 1, 2))):
        inner, _urls = make.cards(random.randint(4, 8), random.choice((*BOX, parts)), random.choice(("li", tag)), own=False)  # fmt: skip
        label = random.choice((f'<div class="{make.name()}">على مدار الساعة</div>', "<h3>على مدار الساعة</h3>", ""))
        boxes += make.boxed(label + make.boxed("".join(inner), 1), 1)
    columns = [make.boxed(column, random.randint(1, 3)), make.boxed(boxes, random.randint(0, 2))]
    if random.random() < 0.3:
        columns.reverse()
    ticker = "".join('<a href="{}">{}</a>'.format(*make.story(random.choice(SECTIONS))) for _ in range(4))
    menu = "".join(f'<a href="/section/{name}">{name}</a>' for name in SECTIONS)
    footer = "".join(f'<a href="/p/{n}">{headline(90 + n)}</a>' for n in range(4))
    body = make.boxed(menu, 1) + (make.boxed(ticker, 1) if random.random() < 0.5 else "")
    body += make.boxed("".join(columns), 1) + make.boxed(footer, 1)
    html = f"<html><head><title>القسم | صحيفة</title></head><body>{body}</body></html>"
    return Listing(f"random {seed}", "at random", f"{HOST}/section/{make.section}", html, frozenset(gold))


def random_layouts(count: int = 300) -> Iterator[Listing]:
    """So many pages."""
    for seed in range(count):
        yield random_layout(seed)
