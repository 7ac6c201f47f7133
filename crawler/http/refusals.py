"""Errors that stop a request before it is sent or after its response. Scrapy calls the request's errback with them."""

import re

from scrapy.exceptions import IgnoreRequest

from storage.errors import PageError
from storage.messages import Message, message, words_of
from storage.records import Reason

_NOT_FETCHED = "not fetched: {url!s}: {why}"
_FAILURE = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>")  # Twisted's list of several causes


class Refused(PageError, IgnoreRequest):
    """A request that a middleware stopped.

    reason: counted with the page. retry: whether a later run should send the request again.
    """

    def __init__(self, message: str, reason: Reason, *, retry: bool) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry = retry


class Forbidden(Refused):
    """robots.txt forbids the page, or could not be read (then `retry` is true)."""


class GivenUp(Refused):
    """The page's host is given up for the rest of the run (crawler.http.failing_hosts). The next run tries again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Reason.UNREACHABLE, retry=True)


class OverBudget(PageError, IgnoreRequest):
    """The run's request budget is exhausted. The page's state does not change: it stays pending or due."""


class WalkEnded(OverBudget):
    """The walk that the page belongs to was ended (crawler.platforms.walks.stretches)."""


def not_fetched(url: str, why: str) -> Message:
    """The message of a request that was stopped."""
    return message("not fetched: {url!s}: {why}", url=ascii(url)[:200], why=why)


def led_elsewhere(url: str) -> Message:
    """The message of a page that redirects to the URL, on another site."""
    return message("redirects to {url!s}, which is another site", url=url)


def message_of(error: BaseException | None) -> str:
    """The error's message without the URL, which the summary prints before it."""
    text = words_of(error) if error is not None else ""
    if isinstance(text, Message):
        if text.template != _NOT_FETCHED:
            return text
        why: str = text.values["why"]
        return why
    return _FAILURE.sub(r"\1", str(error)).strip("[]") or type(error).__name__
