"""Sanitising of text from pages, so that both databases can store it."""

import re
from typing import Any

# Zero-width non-joiners next to white space or at an end, where they have no effect. Editors leave them at random.
_STRAY_JOINERS = re.compile(r"(?<!\u200c)\u200c++(?=\s|\Z)|(?:(?<=\s)|\A)\u200c++")


def sanitised(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses, and with U+FFFD for lone surrogates, which UTF-8 can't hold."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def without_stray_joiners(text: str) -> str:
    """The text without zero-width non-joiners that have no visible effect; those between letters stay."""
    return _STRAY_JOINERS.sub("", text) if "\u200c" in text else text


def all_sanitised(value: Any) -> Any:
    """A JSON value with all strings in it sanitised, keys included; tuples become lists."""
    if isinstance(value, str):
        return sanitised(value)
    if isinstance(value, dict):
        return {all_sanitised(name): all_sanitised(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [all_sanitised(each) for each in value]
    return value
