"""Errors that stop one request before it leaves or after its answer. Scrapy calls the request's errback with them."""

import re

from scrapy.exceptions import IgnoreRequest

from storage.errors import PageError
from storage.messages import Message, message, words_of
from storage.records import Reason

_NOT_FETCHED = "not fetched: {url!s}: {why}"
_FAILURE = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>")  # Twisted's list of several causes


class Refused(PageError, IgnoreRequest):
    """A request that a middleware stopped.

    reason: counted with the page. retry: whether a later run should ask again.
    """

    def __init__(self, message: str, reason: Reason, *, retry: bool) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry = retry


class Forbidden(Refused):
    """robots.txt forbids the page, or could not be read (then `retry` is true)."""


class GivenUp(Refused):
    """The page's host is left alone for the rest of the run, for the sake of other pages. The next run asks again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Reason.UNREACHABLE, retry=True)


class OverBudget(PageError, IgnoreRequest):
    """The run's request budget is exhausted. The page's state does not change: it stays pending or due."""


class WalkEnded(OverBudget):
    """The walk that the page belongs to was ended (crawler.platforms.walks.stretches)."""


def not_fetched(url: str, why: str) -> Message:
    """What is said of a request that was stopped."""
    return message("not fetched: {url!s}: {why}", url=ascii(url)[:200], why=why)


def led_elsewhere(url: str) -> Message:
    """What is said of a page that redirects to the URL."""
    return message("redirects to {url!s}, which is another site", url=url)


def message_of(error: BaseException | None) -> str:
    """The error's message without the URL, which the summary prints before it."""
    said = words_of(error) if error is not None else ""
    if isinstance(said, Message):
        if said.template != _NOT_FETCHED:
            return said
        why: str = said.values["why"]
        return why
    return _FAILURE.sub(r"\1", str(error)).strip("[]") or type(error).__name__
