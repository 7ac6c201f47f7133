"""Requests that must not leave: refused by robots.txt, by address, for want of budget, or as their host is given up."""

from scrapy.exceptions import IgnoreRequest

from storage.records import Reason


class Refused(IgnoreRequest):
    """A request that a middleware stopped.

    reason: counted with the page. retry: whether a later run should ask again.
    """

    def __init__(self, message: str, reason: Reason, *, retry: bool) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry = retry


class OverBudget(IgnoreRequest):
    """A request beyond what its run may ask. Nothing is known of the page: it stays pending, or due, as it was."""
