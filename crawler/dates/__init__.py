"""Parse dates as Arabic news sites print them. An ambiguous date gives None, never a guess."""

from crawler.dates.parser import ParsedDate, parse_date

__all__ = ["ParsedDate", "parse_date"]
