"""What every test shares: no network but loopback, both database engines, and what a machine may lack."""

import gc
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support.made_databases import MadeSchema, Schema, make
from tests.support.newspapers.replay import Replay, replaying
from tests.support.requirements import lacks
from tests.support.rooms.search import make_archive

POSTGRES = os.environ.get("WARRAQ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
SHARED = Path(os.environ.get("WARRAQ_SHARED", Path(__file__).parents[2] / "shared"))
ENGINES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
# Temporary folders lie in memory where there is room: an archive forces every commit to its disk.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of the user's own there
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
# Compiled files are kept for the workers and for the hundreds of processes that tests start, whatever the user's shell says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A busy machine takes longer than any deadline: no test measures absolute time.
settings.register_profile("warraq", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("warraq")
LOOPBACK = ("127.", "::1", "::ffff:127.", "localhost")


# The rooms whose tests crawl, start processes or fill databases: first, so that no worker is alone with them at the end.
LONGEST = (
    "faults",
    "fleet",
    "search",
    "runs",
    "maintenance",
    "platforms",
    "probe",
    "storage",
    "db",
    "http",
    "workers",
    "registry",
    "identity",
    "commands",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core: crawls wait for delays and disks half of their time."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest rooms first; xdist hands out files in this order (--no-loadscope-reorder)."""
    places = {room: place for place, room in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.parent.name, len(places)))


def pytest_collection_finish() -> None:
    """Leave what the collection made out of every later search for garbage: a quarter of the tests' processor time."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption(
        "--update", action="store_true", help="rewrite expected files with what is read now; then read the diff"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test whose process connects to another machine."""

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def check(self: socket.socket, address: Any) -> Any:
            inet = self.family in (socket.AF_INET, socket.AF_INET6)
            if inet and not str(address[0]).startswith(LOOPBACK):
                raise AssertionError(f"a test tried to reach {address}")
            return connect(self, address)

        return check

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    for name in ("WARRAQ_ARCHIVE", "WARRAQ_DB", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpus and facts that lie beside a checkout; not part of it."""
    if not (SHARED / "corpus").is_dir():
        lacks("shared", f"there is no corpus at {SHARED} (WARRAQ_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """URL of a PostgreSQL database that tests may make schemas in."""
    engine = create_engine(POSTGRES, connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except OperationalError as error:
        lacks("postgres", f"no PostgreSQL answers at {engine.url} (WARRAQ_TEST_POSTGRES): {error.orig}")
    finally:
        engine.dispose()
    return POSTGRES


@pytest.fixture
def bare_postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty schema of its own, dropped after the test."""
    schema = Schema(postgres_server)
    yield schema.url
    schema.drop()


@pytest.fixture(scope="session")
def _made_schema(postgres_server: str) -> Iterator[MadeSchema]:
    """The schema that postgres_url lends to every test of this process."""
    schema = MadeSchema(postgres_server)
    yield schema
    schema.drop()


@pytest.fixture
def postgres_url(_made_schema: MadeSchema) -> Iterator[str]:
    """URL of a schema whose tables are made and hold nothing."""
    yield _made_schema.url
    _made_schema.empty()


@pytest.fixture(scope="session")
def _made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database to copy, whose tables are made."""
    path = tmp_path_factory.mktemp("made") / "warraq.db"
    make(f"sqlite:///{path}")
    return path


@pytest.fixture(params=ENGINES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables, once on each engine."""
    if request.param == "postgres":
        return str(request.getfixturevalue("bare_postgres_url"))
    return f"sqlite:///{tmp_path}/archive/warraq.db"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database whose tables hold nothing, once on each engine: every promise of the archive holds on both."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    (tmp_path / "archive").mkdir()
    path = shutil.copyfile(request.getfixturevalue("_made_file"), tmp_path / "archive" / "warraq.db")
    return f"sqlite:///{path}"


@pytest.fixture
def both(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Engine, Engine]]:
    """Archives to search on SQLite and on PostgreSQL, at once, for answers that have to be the same."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    engines = (
        make_archive(f"sqlite:///{tmp_path}/one/both.db", tmp_path / "one"),
        make_archive(postgres_url, tmp_path / "other"),
    )
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=("sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])))
def crawled_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """As `bare_database_url`, for tests that crawl for half a minute: PostgreSQL's turn comes with the slow tests."""
    if request.param == "postgres":
        return str(request.getfixturevalue("bare_postgres_url"))
    return f"sqlite:///{tmp_path}/archive/warraq.db"


@pytest.fixture
def replay(shared: Path, tmp_path: Path) -> Iterator[Replay]:
    """A real WordPress in Arabic, replayed for this test alone."""
    with replaying(shared, tmp_path) as running:
        yield running
