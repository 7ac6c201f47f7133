"""The import path of the date parser for users of the library; the code is in `crawler.dates`."""

from crawler.dates import ParsedDate, parse_date

__all__ = ["ParsedDate", "parse_date"]
