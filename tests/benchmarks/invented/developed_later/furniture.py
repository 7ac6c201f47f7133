"""Furniture that several of these sites have: what each says, in the markup of a build."""

from collections.abc import Callable, Sequence

from tests.benchmarks.invented.pages import Page


def clock(page: Page) -> str:
    """A time of day."""
    return f"{page.random.randint(0, 23):02}:{page.random.randint(0, 59):02}"


def rows(page: Page, count: int, row: str) -> str:
    """Links to other articles. row: with {url} and {title}, and {n} or {clock} if wanted."""
    numbered = enumerate(page.others(count), 1)
    return "".join(row.format(url=url, title=title, n=n, clock=clock(page)) for n, (url, title) in numbered)


def teaser(page: Page, *shapes: str) -> str:
    """One of the shapes in which a site points to other articles: with {url} and {title}, and any of {label},
    {blurb}, and {url2} and {title2} of a second one."""
    shape = page.random.choice(shapes)
    links = page.others(2 if "{title2}" in shape else 1)
    slots = {"url": links[0][0], "title": links[0][1], "url2": links[-1][0], "title2": links[-1][1]}
    for name, rule in (("label", "also"), ("blurb", "blurb")):
        if f"{{{name}}}" in shape:
            slots[name] = page.pick(rule)
    return shape.format(**slots)


def poll(page: Page, box: str, option: str) -> str:
    """A question to the readers. box: with {question} and {options}; option: with {}."""
    options = "".join(option.format(each) for each in page.several("vote", 3))
    return box.format(question=page.pick("poll"), options=options)


def scattered(page: Page, parts: int, pieces: Sequence[Callable[[], str]], most: int) -> dict[int, str]:
    """Some of the pieces behind random parts of a text, for `woven`: at most so many, fewer in a short text."""
    room = range(1, max(parts, 2))
    count = min(len(room), len(pieces), most)
    places, chosen = page.random.sample(room, count), page.random.sample(pieces, count)
    return {place: make() for place, make in zip(places, chosen, strict=True)}
