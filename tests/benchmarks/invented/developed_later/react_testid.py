"""React Native for the web: nothing but boxes with atomic class names; test marks are the only words in the markup."""

from html import escape

from tests.benchmarks.invented.developed_later import heads
from tests.benchmarks.invented.developed_later.furniture import poll, rows, scattered, teaser
from tests.benchmarks.invented.pages import Outlet, Page, text_html, woven
from tests.benchmarks.invented.sites import Build
from tests.benchmarks.invented.stories import Habits, Section, Story

_TEXT = 'dir="auto" class="css-901oao r-1qd0xha r-a023e6"'
_VIEW = 'class="css-1dbjc4n"'


def address(outlet: Outlet, story: Story) -> str:
    return f"/read/{story.number * 104729 % 10**9}"


def section_address(section: Section, page: int) -> str:
    return f"/hub/{section.slug}" + (f"/{page}" if page > 1 else "")


def _text(inner: str, mark: str = "") -> str:
    return f"<div {_TEXT}{f' data-testid={mark}' if mark else ''}>{inner}</div>"


def _view(inner: str, mark: str = "") -> str:
    return f"<div {_VIEW}{f' data-testid={mark}' if mark else ''}>{inner}</div>"


_ROW = f'<div {_VIEW}><a href="{{url}}" role="link" class="css-4rbku5"><div {_TEXT}>{{clock}}</div><div {_TEXT}>{{title}}</div></a></div>'


def _frame(page: Page, head: str, main: str) -> str:
    outlet = page.outlet
    menu = "".join(
        f'<a href="{outlet.section_url(each)}" class="css-4rbku5">{_text(page.out(each.label))}</a>'
        for each in outlet.sections
    )
    top = _view(_text(page.out(outlet.title)) + menu + _text(page.today()), "AppBar")
    side = _view(_text(page.label("latest")) + rows(page, 7, _ROW), "secondaryColumn")
    foot = _view("".join(_text(each) for each in page.several("footer", 4)))
    return (
        f'<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8"/>{head}<style id="react-native-stylesheet">.r-a023e6{{font-size:15px}}</style></head>'
        f'<body><div id="react-root"><div {_VIEW} style="height:100%">{top}{_view(main + side, "primaryColumn")}{foot}</div></div><script>window.__INITIAL_STATE__={{"ok":true}};</script></body></html>'
    )


def article(page: Page) -> str:
    story = page.the
    lead, *parts = text_html(
        story.blocks, p=_text("{}"), h=_text("<span class=r-b88u0q>{}</span>"), quote=_view(_text("{}")), item=_text("{}"),
        items=_view("{}"), cell=f"<div {_TEXT}>{{}}</div>", row=_view("{}"), table=_view("{}"),
    )  # fmt: skip
    pieces = [
        lambda: teaser(
            page,
            _view(f'<a href="{{url}}" class="css-4rbku5">{_text("{label}")}{_text("{title}")}</a>'),
            _view(
                _text("{label}") + f'<a href="{{url}}">{_text("{title}")}</a><a href="{{url2}}">{_text("{title2}")}</a>'
            ),
            _text('{label} <a href="{url}" class="css-4rbku5">{title}</a>'),
        ),
        lambda: _view(_text(page.label("newsletter")) + _text(page.label("send")), "inline-signup"),
        lambda: poll(page, _view(_text("{question}") + "{options}", "poll"), _text("{}")),
        lambda: _view(
            _text(page.out(page.outlet.title)) + _text(page.pick("post")) + _text(page.pick("views")), "embed"
        ),
    ]
    body = woven(parts, scattered(page, len(parts), pieces, page.random.randint(1, 4)))
    names = [page.out(name) for name in story.authors] + ([page.out(story.agency)] if story.agency else [])
    line = "".join(_text(name) for name in names) + (_text(page.date()) if story.dated else "")
    tags = "".join(f'<a href="/k/{n}" class="css-4rbku5">{_text(escape(tag))}</a>' for n, tag in enumerate(story.tags))
    sub = _text(escape(story.subtitle)) if story.subtitle else ""
    shot = _view(
        f'<img src="{page.image()}" draggable="false"/>'
        + _text(f"{page.out(story.caption)} <span>{page.pick('credit')}</span>")
    )
    section = f'<a href="{page.outlet.section_url(story.section)}" class="css-4rbku5">{_text(page.out(story.section.label))}</a>'
    replies = "".join(_view(_text("عضو") + _text(text)) for text in page.several("comment", 4))
    below = "".join(
        _view(f'<a href="{url}">{_text(title)}</a>{_text(page.pick("blurb"))}') for url, title in page.others(3)
    )
    main = (
        _view(section + _text(escape(story.headline), "headline") + sub + _view(line) + lead + shot)
        + _view(_text(page.label("share")) + _text(page.label("listen")), "toolbar")
        + _view(body, "content")
        + _view(_text(page.label("tags")) + tags)
        + _view(_text(page.label("comments")) + replies)
        + _view(_text(page.label("related")) + below)
    )
    return _frame(page, heads.share_card(page), main)


def listing(page: Page) -> str:
    cards = "".join(
        _view(
            f'<a href="{page.outlet.url(each)}" role="link" class="css-4rbku5"><img src="{page.image(each)}"/>{_text(escape(each.headline))}{_text(page.date(each))}</a>'
        )
        for each in page.shown
    )
    more = (
        f'<a href="{page.outlet.section_url(page.section, page.number + 1)}">{_text(page.label("next"))}</a>'
        if page.section
        else ""
    )
    return _frame(page, f"<title>{escape(page.outlet.title)}</title>", _view(cards + more, "feed"))


BUILD = Build(
    "react_testid", article, listing, address, section_address=section_address,
    dates=("ago-hours", "ago-two-days", "month-first"), zones=("Asia/Qatar", "Europe/London"),
    habits=Habits(extras=0.4, longest=14, recent=True, undated=0.1),
)  # fmt: skip
