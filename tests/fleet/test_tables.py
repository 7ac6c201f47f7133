"""The fleet's tables: made once by whoever comes first, and migrated in two steps."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from crawler.fleet import tables
from storage.db.database import connect
from storage.errors import UsageError
from tests.support.fleet.databases import fleet_rows

pytestmark = pytest.mark.postgres
WORKER = """
with entered as (insert into procrastinate_workers default values returning id)
insert into warraq_workers (worker_id, host, pid, groups, at_once, heartbeat_s, payload_version, warraq_version,
    procrastinate_version)
select id, 'host', 1, '{}', 1, 60, 1, '0', '3.3.0' from entered
"""
# What the last migrations make, taken away again.
BACK = """
drop function procrastinate_retry_job_v2;
delete from pg_enum where enumlabel = 'retried' and enumtypid = to_regtype('procrastinate_job_event_type');
update warraq_fleet set applied = array(select step from unnest(applied) as step where step not like '03.04%')
"""


@pytest.fixture
def engine(fleet_url: str) -> Iterator[Engine]:
    engine = connect(fleet_url)
    yield engine
    engine.dispose()


def steps(url: str) -> list[str]:
    return list(fleet_rows(url, "select applied from warraq_fleet")[0]["applied"])


def has_retry(url: str) -> bool:
    return bool(fleet_rows(url, "select 1 from pg_proc where oid = to_regproc('procrastinate_retry_job_v2')"))


def test_there_is_no_fleet_until_it_is_made_and_several_may_make_it_at_once(engine: Engine, fleet_url: str) -> None:
    with pytest.raises(UsageError, match="warraq schedule"):
        tables.require_tables(engine)
    with ThreadPoolExecutor(4) as threads:
        names = set(threads.map(lambda _: tables.make_tables(engine), range(4)))
    assert names == {tables.require_tables(engine)}
    assert len(fleet_rows(fleet_url, "select * from warraq_fleet")) == 1


def test_a_newer_procrastinate_is_migrated_to_and_what_older_workers_need_stays_while_one_lives(
    engine: Engine, fleet_url: str
) -> None:
    tables.make_tables(engine)
    every = steps(fleet_url)
    for statement in BACK.split(";"):
        fleet_rows(fleet_url, statement)
    fleet_rows(fleet_url, WORKER)
    tables.make_tables(engine)
    assert has_retry(fleet_url)
    assert [step for step in every if step not in steps(fleet_url)] == [
        step for step in every if step.startswith("03.04") and "_post_" in step
    ]
    fleet_rows(fleet_url, "delete from procrastinate_workers")
    tables.make_tables(engine)
    assert sorted(steps(fleet_url)) == every
