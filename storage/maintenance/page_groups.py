"""Groups of pages that one caller saves: their bytes are forced to the disk once, their rows are in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from storage.archive import Archive
from storage.errors import TakenDown
from storage.records import Position, Saved
from storage.writing.group_commit import Write
from storage.writing.run_files import Append

MOST_TOGETHER = 64
Task = TypeVar("Task")


@dataclass(frozen=True, slots=True)
class PageToSave:
    """key: of the page. write: gives the work of saving it, from where its bytes are. append: its bytes, where the
    archive has not got them; else `at` is where they are.

    saved: called with what the work gave, once the disk has it. taken_down: called instead where nothing is kept.
    """

    key: str
    write: Callable[[Position], Write]
    at: Position | None = None
    append: Append | None = None
    saved: Callable[[Saved | None], None] = lambda _: None
    taken_down: Callable[[], None] = lambda: None


class PageGroup:
    """Gathers pages and saves them together, in their order. For one thread.

    A page whose bytes may be those of a page before it in the group begins another group, as bytes are stored once.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pages: dict[str, PageToSave] = {}

    def add(self, page: PageToSave) -> None:
        """Save the page with the next ones. Raises what the pages before it raise, if it begins a group."""
        if page.key in self._pages or len(self._pages) >= MOST_TOGETHER:
            self.flush()
        self._pages[page.key] = page

    def holds(self, key: str) -> bool:
        """Whether a page with this key waits to be saved."""
        return key in self._pages

    def flush(self) -> None:
        """Save what was gathered. Raises the first error; what was saved before it stays saved."""
        if not self._pages:
            return
        pages, self._pages = list(self._pages.values()), {}
        appends = [page.append for page in pages if page.append is not None]
        positions = iter(self._archive.append_all(appends) if appends else ())
        writes: list[tuple[PageToSave, Write]] = []
        refused: Exception | None = None
        for page in pages:
            position = next(positions) if page.append is not None else page.at
            if isinstance(position, TakenDown):
                page.taken_down()
            elif isinstance(position, Exception):
                refused = refused or position
            elif position is not None:
                writes.append((page, page.write(position)))
        for (page, _), answer in zip(writes, self._archive.commit_all([write for _, write in writes]), strict=True):
            if isinstance(answer, Exception):
                refused = refused or answer
            else:
                page.saved(answer)
        if refused is not None:
            raise refused

    def flushed_before(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks. Whoever asks for the next one, or whether there is one, finds all saved that was added before."""
        return _Flushed(self, iter(tasks))


class _Flushed(Iterator[Task]):
    """An iterator and no generator: that would not be asked again once it has ended."""

    def __init__(self, group: PageGroup, tasks: Iterator[Task]) -> None:
        self._group, self._tasks = group, tasks

    def __next__(self) -> Task:
        self._group.flush()
        return next(self._tasks)
