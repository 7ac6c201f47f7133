"""The page around an article or a listing of these sites: menu, boxes, footer, in the markup of a build."""

from dataclasses import dataclass
from html import escape

from tests.benchmarks.invented.developed_later.furniture import rows, scattered, teaser
from tests.benchmarks.invented.developed_latest.frame import menu
from tests.benchmarks.invented.pages import Page, text_html, woven
from tests.benchmarks.invented.stories import Section


@dataclass(frozen=True, slots=True)
class Shell:
    """Markup with {} slots. frame: {title} {name} {menu} {main} {most} {boxes} {footer}; entry: {url} {label}; box: {url} {title}.

    insert: what stands within texts, with {label}, {url} and {title}.
    """

    frame: str
    entry: str
    box: str
    insert: str

    def page(self, page: Page, main: str, title: str) -> str:
        """A whole page. title: what its <title> says."""
        return self.frame.format(
            title=title,
            name=page.out(page.outlet.title),
            menu=menu(page, self.entry),
            main=main,
            most=page.label("most"),
            boxes=rows(page, 5, self.box),
            footer=page.label("footer"),
        )

    def text(self, page: Page, **markup: str) -> str:
        """The article's text with at most one box in it. markup: as for `text_html`."""
        blocks = page.the.blocks
        return woven(text_html(blocks, **markup), scattered(page, len(blocks), [lambda: teaser(page, self.insert)], 1))


def site_title(page: Page) -> str:
    """The title of a site that prints the same one on all of its pages."""
    return f"{escape(page.outlet.title)} | {escape(page.outlet.phrase('newsletter'))}"


def story_title(page: Page) -> str:
    """The headline and the site's name."""
    return f"{escape(page.the.headline)} - {escape(page.outlet.title)}"


def section_url(page: Page, section: Section) -> str:
    """A category's address, escaped."""
    return escape(page.outlet.section_url(section))


def tags(page: Page, item: str) -> str:
    """The article's tags. item: with {n} and {tag}."""
    return "".join(item.format(n=n, tag=escape(tag)) for n, tag in enumerate(page.the.tags))


def halves(text: str) -> tuple[str, str]:
    """A headline in two lines, escaped."""
    words = text.split()
    middle = (len(words) + 1) // 2
    return escape(" ".join(words[:middle])), escape(" ".join(words[middle:]))
