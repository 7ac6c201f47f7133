"""Build or update the search index before a command that needs it, with a progress bar."""

from typing import TYPE_CHECKING

from crawler.output.progress_bar import progress_bar

if TYPE_CHECKING:
    from sqlalchemy import Engine


def make_index(engine: "Engine") -> None:
    """Build the index if there is none, with a line on stderr, and add the articles saved since."""
    from storage.search.index import catch_up_if_possible

    with progress_bar("making the search index: articles") as advance:
        catch_up_if_possible(engine, on_progress=advance)
