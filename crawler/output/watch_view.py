"""Printing of saved searches and their news."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crawler.output.printing import console, minute, one_line, print_prose, table
from crawler.translation import _, counted, terminal_line
from storage.records import date_json

if TYPE_CHECKING:
    from storage.watches.saved_searches import SavedSearch


def search_json(search: "SavedSearch") -> dict[str, Any]:
    """The JSON object of a saved search."""
    return {
        "watch": search.name,
        "query": search.query,
        "exact": search.exact,
        "timezone": search.timezone,
        "added_at": date_json(search.added_at),
        "ran_at": date_json(search.ran_at),
        "articles": search.articles,
        "unconfirmed": search.unconfirmed,
    }


def print_searches(searches: Sequence["SavedSearch"]) -> None:
    """Print a table with one line per saved search."""
    rows = [
        [each.name, each.query, each.articles, minute(date_json(each.ran_at)), each.unconfirmed] for each in searches
    ]
    columns = [_("watch"), _("query"), _("articles"), _("last run"), _("to deliver")]
    console().print(table(None, columns, rows, right=(2, 4), unbroken=(3,)))


def print_delivery(made: dict[str, Any]) -> None:
    """Print one delivery: for each item its kind and headline; date, site and URL."""
    out = console()
    news = counted("{n} news (delivery {number})", len(made["news"]), number=made["delivery"])
    out.print(terminal_line(f"{one_line(made['watch'])}: {news}"), markup=False)
    for item in made["news"]:
        article = item["article"]
        kind = _(item["kind"])
        if not item["matches"]:
            kind = _("{kind}, not found any more").format(kind=kind)
        print_prose(out, one_line(article["title"]), margin=f"[{article['id']}] {kind}: ")
        if item["title_before"]:
            print_prose(out, one_line(item["title_before"]), style="dim", margin="    " + _("before: "))
        about = (article["published_at"], article["site"], article["url"])
        out.print(
            "    " + " · ".join(one_line(part) for part in about if part), style="dim", markup=False, soft_wrap=True
        )
