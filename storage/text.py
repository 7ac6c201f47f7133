"""Text that both databases take, whatever a page held."""


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses; U+FFFD for lone surrogates, which no UTF-8 holds."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text
