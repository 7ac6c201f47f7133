"""Text that both databases take, whatever a page held."""

from typing import Any


def sanitised(text: str) -> str:
    """Without NUL, which PostgreSQL refuses; U+FFFD for lone surrogates, which no UTF-8 holds."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def all_sanitised(value: Any) -> Any:
    """What JSON can hold, with every text in it storable, the names of fields, too; lists in the place of tuples."""
    if isinstance(value, str):
        return sanitised(value)
    if isinstance(value, dict):
        return {all_sanitised(name): all_sanitised(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [all_sanitised(each) for each in value]
    return value
