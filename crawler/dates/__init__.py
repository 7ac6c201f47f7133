"""Dates as Arabic news sites print them, read right or not at all."""

from crawler.dates.parser import ParsedDate, parse_date

__all__ = ["ParsedDate", "parse_date"]
