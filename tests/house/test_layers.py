"""The arrows: who may import whom. Read from the syntax trees, so that an import in a function counts as well."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT, imported_files, imports, module_name, python_files

# From low to high: each package or module imports only what stands before it. The same order as in docs/architecture.md.
STORAGE = """
messages errors files sanitise arabic lexicon quality diff content_encoding records urls revisits
db filters warc search similar rows assets identity queries compaction evidence removal saving frontier writing
schedule watches archive export maintenance imports web
"""
CRAWLER = """
translation site locks themes countries html parts dates http contact listings channels profile extract platforms
learning registry workers runs probe health doctor demo settings delivery output fleet commands cli __main__
"""
LEVELS = [
    *(f"storage.{name}" for name in STORAGE.split()),
    *(f"crawler.{name}" for name in CRAWLER.split()),
    "spiders",
]

NETWORK = ("scrapy", "twisted", "requests", "urllib3", "httpx", "urllib.request", "http.client")
WRITERS = ("storage.archive", "storage.saving", "storage.removal", "storage.writing.corrections", "storage.warc.writer")
# What a package or module never imports, though it stands before it or outside the project.
NEVER = {
    "storage": ("scrapy", "twisted", "trafilatura"),
    "storage.records": ("sqlalchemy",),
    "storage.arabic": ("sqlalchemy",),
    "storage.diff": ("sqlalchemy",),
    "storage.quality": ("sqlalchemy",),
    "storage.revisits": ("sqlalchemy",),
    **dict.fromkeys(
        (f"storage.similar.{name}" for name in ("clusters", "comparison", "derivation", "signatures")),
        ("sqlalchemy", "storage.db", *WRITERS),
    ),
    "storage.urls": ("sqlalchemy",),
    "storage.schedule.intervals": ("sqlalchemy", "storage.db"),
    "storage.watches": WRITERS,
    "storage.watches.news": ("sqlalchemy",),
    "storage.identity.addresses": ("sqlalchemy", "storage.db", "storage.rows"),
    "storage.export": WRITERS,
    "storage.search": WRITERS,
    "storage.queries": WRITERS,
    "storage.web": (*WRITERS, "storage.frontier", "storage.maintenance", "storage.imports", "storage.search.index"),
    # Pure: reading a page needs its bytes alone.
    **dict.fromkeys(
        ("crawler.html", "crawler.parts", "crawler.dates", "crawler.profile", "crawler.extract", "crawler.learning"),
        (*NETWORK, "sqlalchemy", "crawler.http", "storage.db", "storage.queries", "storage.search", *WRITERS),
    ),
    # Finding pages is not reading them.
    **dict.fromkeys(
        ("crawler.platforms", "crawler.listings", "crawler.channels"),
        ("trafilatura", "crawler.extract", "crawler.profile", "storage.db", *WRITERS),
    ),
    "crawler.registry": ("crawler.extract", "storage.db", *WRITERS),
    # Commands that only look something up start without the crawler.
    **dict.fromkeys(
        (
            "crawler.commands.articles.search",
            "crawler.commands.articles.facets",
            "crawler.commands.articles.show",
            "crawler.commands.archives.stats",
        ),
        (*NETWORK, "trafilatura", "crawler.extract", "crawler.platforms", "crawler.registry", "crawler.runs"),
    ),
    "spiders": ("storage", "trafilatura"),
}


def level(module: str) -> str | None:
    """The package or module of LEVELS that a module belongs to; None where it belongs to none of the project's."""
    return next((each for each in LEVELS if module == each or module.startswith(f"{each}.")), None)


def within(module: str, packages: Iterable[str]) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def files_of(package: str) -> list[Path]:
    return [path for path in python_files("crawler", "spiders", "storage") if within(module_name(path), (package,))]


def test_every_file_has_its_level() -> None:
    roots = {"crawler", "storage"}  # whose __init__ holds a docstring alone
    modules = {module_name(path): path for path in python_files("crawler", "spiders", "storage")}
    assert {name for name in modules if level(name) is None} == roots
    assert not [name for root in roots for name in imports(modules[root])]
    assert {each for each in LEVELS if not files_of(each)} == set()


def test_no_module_imports_what_stands_above_it() -> None:
    wrong = {
        f"{module} imports {name}"
        for module, names in imported_files().items()
        for name in names
        if (here := level(module)) and (there := level(name)) and LEVELS.index(there) > LEVELS.index(here)
    }
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize("package", NEVER)
def test_no_module_imports_what_it_must_not_know(package: str) -> None:
    assert files_of(package), "there is no such module"
    wrong = {
        f"{module_name(path)} imports {name}"
        for path in files_of(package)
        for name in imports(path)
        if within(name, NEVER[package])
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_no_site_leans_on_another() -> None:
    wrong = {
        f"{module} imports {name}"
        for module, names in imported_files().items()
        for name in names
        if module.startswith("spiders.") and name.startswith("spiders")
    }
    assert not wrong


def test_no_files_import_each_other_in_a_circle() -> None:
    """Files are taken away that import none of those that are left, until none can be: what stays lies on a circle."""
    left = {module: set(names) for module, names in imported_files().items()}
    while free := {module for module, names in left.items() if not names & left.keys()}:
        left = {module: names for module, names in left.items() if module not in free}
    assert not left, sorted(left)


# The modules that may open a transaction that writes; docs/architecture.md says what each of them writes.
MAY_WRITE = {
    *(f"storage/{name}.py" for name in ("archive", "frontier", "removal")),
    *("storage/schedule/site_schedules.py", "storage/compaction/merging.py"),
    "storage/watches/saved_searches.py",
    *(
        f"storage/writing/{name}.py"
        for name in ("corrections", "group_commit", "run_files", "edit_filling", "site_removal")
    ),
    "storage/db/database.py",
    "storage/similar/copy_log.py",
    "storage/evidence/seal_rows.py",
    *(f"storage/maintenance/{name}.py" for name in ("relocate", "repair", "table_copy")),
}


def test_only_the_writers_open_transactions_that_write() -> None:
    opening = {
        str(path.relative_to(ROOT))
        for path in python_files("crawler", "spiders", "storage")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("write", "write_transaction", "database.write", "database.write_transaction")
    }
    assert opening == MAY_WRITE


def test_no_test_file_imports_another() -> None:
    """What tests share lies in tests/support; conftest is pytest's."""
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files("tests")
        for name in imports(path)
        if name.startswith("tests.") and ("conftest" in name.split(".") or ".test_" in name)
    }
    assert not wrong
