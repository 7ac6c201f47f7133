"""The tests that are run under the changes of each room: the tests of that room, the quickest first."""

from pathlib import Path

_REMOVAL = (
    "tests/storage/test_removal.py",
    "tests/storage/test_removal_kept_out.py",
    "tests/storage/test_removal_bytes.py",
)
TESTS = {
    "crawler/dates": ("tests/dates",),
    "crawler/http/address_rules.py": ("tests/http/test_address_rules.py",),
    "crawler/http/retry_after.py": ("tests/http/test_retry_after.py", "tests/http/test_retry_middleware.py", "tests/http/test_backoff.py", "tests/faults/test_refusals.py"),
    "crawler/http/robots": ("tests/http/test_robots_middleware.py", "tests/http/test_robots_groups.py", "tests/http/test_kept_robots.py", "tests/http/test_robots.py"),
    "crawler/learning": ("tests/learning",),
    "crawler/listings": ("tests/listings", "tests/demo/test_demo_listings.py", "tests/parts/test_part_links.py"),
    "storage/archive.py": ("tests/rows", "tests/storage"),
    "storage/diff": ("tests/diff",),
    "storage/identity": ("tests/identity",),
    "storage/identity/addresses.py": ("tests/identity/test_addresses.py", "tests/identity/test_moves.py", "tests/identity/test_joining.py"),
    "storage/lexicon": ("tests/lexicon",),
    "storage/removal.py": _REMOVAL,
    "storage/revisits": ("tests/rows/test_absence.py", "tests/storage/test_revisits.py", "tests/storage/test_revisit_waits.py", "tests/storage/test_outages.py"),
    "storage/rows": ("tests/rows", "tests/storage/test_archive.py"),
    "storage/rows/tombstones.py": _REMOVAL,
    "storage/saving.py": ("tests/rows", "tests/storage/test_archive.py", *_REMOVAL),
    "storage/search/forms": ("tests/search/test_word_forms.py", "tests/search/test_also_written.py"),
    "storage/search/query_fields.py": ("tests/search/test_query_fields.py", "tests/search/test_search.py"),
    "storage/search/query_language.py": ("tests/search/test_query_fields.py", "tests/search/test_search.py"),
    "storage/urls.py": ("tests/storage/test_urls.py", "tests/identity/test_addresses.py"),
}  # fmt: skip


def tests_of(module: Path) -> list[str]:
    """The tests of the room that a module is in."""
    for place in (module, *module.parents):
        if str(place) in TESTS:
            return list(TESTS[str(place)])
    raise KeyError(f"tests/mutation/rooms.py names no tests of {module}")
