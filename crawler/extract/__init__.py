"""Extraction: a pure function of stored bytes, without network, database or clock."""

from crawler.extract.body.plain_text import extract_text
from crawler.extract.extractor import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "extract", "extract_text"]
