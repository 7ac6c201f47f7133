"""The search index before a command that needs it: made or brought up to date, with a bar where that takes a while."""

from typing import TYPE_CHECKING

from crawler.output.progress_bar import progress_bar

if TYPE_CHECKING:
    from sqlalchemy import Engine


def make_index(engine: "Engine") -> None:
    """Make the index where there is none, saying so on stderr, and take in what was saved since."""
    from storage.search.index import catch_up_if_possible

    with progress_bar("making the search index: articles") as advance:
        catch_up_if_possible(engine, on_progress=advance)
