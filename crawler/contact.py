"""Check for the operator's contact, WARRAQ_CONTACT. It is required for requests to the live web, and sent with each."""

import os
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.http.address_rules import ALLOW, host_name, is_public, parse_allowed
from storage.errors import UsageError
from storage.messages import message


def require_contact(urls: Iterable[str], allow_hosts: Iterable[str] | None) -> None:
    """Raise UsageError when any of the URLs is on the live web and no contact is set.

    This machine, private addresses, and hosts that the operator allows by name are not on the live web. A
    WARRAQ_USER_AGENT with a URL or e-mail address in it is a contact, too.
    """
    agent = os.environ.get("WARRAQ_USER_AGENT", "")
    if os.environ.get("WARRAQ_CONTACT", "").strip() or "@" in agent or "://" in agent:
        return
    try:
        allowed = parse_allowed([*(allow_hosts or ()), *os.environ.get(ALLOW, "").split(",")])
    except ValueError as error:
        raise UsageError(*error.args) from error
    for url in urls:
        parts = urlsplit(url)
        host = host_name(parts.hostname or "")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        is_address = host.replace(".", "").isdecimal() or ":" in host
        is_local = host == "localhost" or host.endswith(".localhost") or (is_address and not is_public(host))
        if not is_local and (host, port) not in allowed and (host, None) not in allowed:
            raise UsageError(
                message(
                    "WARRAQ_CONTACT is not set, and {host} would be asked: name a page or address of yours, where the "
                    "owners of sites can reach you, such as WARRAQ_CONTACT=https://example.org/our-crawler",
                    host=host,
                )
            )
