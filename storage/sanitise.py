"""Sanitised text: what both databases can store, of any text that a page held."""

from typing import Any


def sanitised(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses, and with U+FFFD for lone surrogates, which UTF-8 can't hold."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def all_sanitised(value: Any) -> Any:
    """A JSON value with every text in it sanitised, names of fields included; tuples become lists."""
    if isinstance(value, str):
        return sanitised(value)
    if isinstance(value, dict):
        return {all_sanitised(name): all_sanitised(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [all_sanitised(each) for each in value]
    return value
