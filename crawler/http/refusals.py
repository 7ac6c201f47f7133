"""Errors that stop one request before it leaves or after its answer. Scrapy calls the request's errback with them."""

import re

from scrapy.exceptions import IgnoreRequest

from storage.errors import PageError
from storage.records import Reason

_NOT_FETCHED = re.compile(r"^not fetched: '[^']*': ")
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


def message_of(error: BaseException | None) -> str:
    """The error's message without the URL, which the summary prints before it."""
    message = _FAILURE.sub(r"\1", _NOT_FETCHED.sub("", str(error))).strip("[]")
    return message or type(error).__name__
