"""Workers and crawls of a fleet that are killed, stopped or cut from the database: F9, F10, F42."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.fleet.databases import fleet_rows, without_fleet
from tests.support.fleet.outlets_by_clock import EPOCH, FleetServer, Outlet, serve_fleet, url_of
from tests.support.fleet.site_files import Fleet, write_site

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(900)]
DELAY_S = 1.0  # with eight articles a crawl lasts ten seconds
LEAST_GAP = 0.5  # of the delay, which varies by a third: a nearer request is another crawl's
SITE = "outlet_000"
LONGEST_S = 400.0
SIBLING = """
insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
select queue_name, task_name, lock, queueing_lock, args from procrastinate_jobs where status = 'doing'
"""


@pytest.fixture
def fleet(tmp_path: Path, bare_postgres_url: str) -> Iterator[Fleet]:
    with (
        without_fleet(bare_postgres_url),
        serve_fleet([Outlet(SITE)], EPOCH + timedelta(hours=3)) as server,
    ):
        write_site(tmp_path / "sites", SITE, delay_s=DELAY_S)
        name = tmp_path.name  # by which the connections of this test alone are cut
        fleet = Fleet(tmp_path, f"{bare_postgres_url}&application_name={name}", server, heartbeat_s=4)
        fleet.schedule()
        yield fleet


@pytest.fixture
def workers(fleet: Fleet) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts workers, which are killed after the test. What they began ends by itself then, within a minute."""
    begun: list[subprocess.Popen[str]] = []

    def begin(archive: str = "archive") -> "subprocess.Popen[str]":
        begun.append(fleet.start_worker(archive=archive))
        return begun[-1]

    yield begin
    for process in begun:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.communicate(timeout=60)


def wait_for(condition: Callable[[], object], what: str, seconds: float = LONGEST_S) -> float:
    """Seconds until the condition holds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.1)
    return time.monotonic() - began


def articles_asked(server: FleetServer) -> int:
    return sum("/news/" in target for _host, target, _status, _at in list(server.requests))


def jobs(fleet: Fleet) -> list[tuple[str, int | None]]:
    rows = fleet_rows(fleet.db, "select status::text, worker_id from procrastinate_jobs")
    return [(row["status"], row["worker_id"]) for row in rows]


def child(worker: "subprocess.Popen[str]") -> int:
    """The process of the worker's crawl."""
    (pid,) = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return int(pid)


def begun(fleet: Fleet) -> None:
    wait_for(lambda: articles_asked(fleet.server) >= 2, "no article was asked for")


def check_all_is_kept_once(fleet: Fleet) -> None:
    """Every article once, the queue empty, and never two crawls of the site at the same time."""
    wait_for(lambda: not jobs(fleet), "the job was never done")
    outlet = Outlet(SITE)
    kept = Counter(row["url"] for row in fleet_rows(fleet.db, "select url from articles"))
    assert kept == {url_of(outlet, n): 1 for n in range(outlet.newest(fleet.server.at) + 1)}
    assert fleet_rows(fleet.db, "select article_id from versions group by article_id having count(*) > 1") == []
    assert fleet.server.interleaved() == 0
    ran = fleet.run("verify", "--json")
    assert (ran.code, ran.json["wrong"]) == (0, {}), ran.out


def test_f9_f10_the_crawl_of_a_worker_that_is_killed_is_redone_within_two_heartbeats(fleet: Fleet, workers) -> None:
    """Also where a second schedule has enqueued the site meanwhile: one of the two jobs is left, and runs."""
    fleet.run("fleet", "pause")  # until both are there: to start one takes longer than a crawl on a busy machine
    both = {process.pid: process for process in (workers(), workers())}
    wait_for(lambda: len(fleet_rows(fleet.db, "select 1 from warraq_workers")) == 2, "a worker did not enter")
    fleet.run("fleet", "resume")
    begun(fleet)
    ((_, before),) = jobs(fleet)
    (owner,) = fleet_rows(fleet.db, "select pid from warraq_workers where worker_id = :id", id=before)
    fleet_rows(fleet.db, SIBLING)
    both[owner["pid"]].kill()
    took = wait_for(
        lambda: {worker for status, worker in jobs(fleet) if status == "doing"} - {before}, "nobody took it"
    )
    assert took < 2 * fleet.heartbeat_s
    check_all_is_kept_once(fleet)


def test_f42_a_crawl_that_is_killed_costs_its_worker_nothing_and_is_redone(fleet: Fleet, workers) -> None:
    worker = workers()
    begun(fleet)
    os.kill(child(worker), signal.SIGKILL)
    check_all_is_kept_once(fleet)
    assert worker.poll() is None


def test_f9_a_worker_that_is_stopped_and_goes_on_crawls_nothing_a_second_time(fleet: Fleet, workers) -> None:
    first = workers()
    begun(fleet)
    (before,) = jobs(fleet)
    workers("another")  # whose folder has no lock file in common
    first.send_signal(signal.SIGSTOP)
    wait_for(lambda: before not in jobs(fleet), "nobody took the job")
    first.send_signal(signal.SIGCONT)
    wait_for(lambda: not jobs(fleet), "the job was never done")
    assert fleet.server.interleaved() == 0
    assert first.poll() is None


def test_a_crawl_whose_fence_is_lost_stops_in_order_and_is_gone_on_with(fleet: Fleet, workers) -> None:
    worker = workers()
    begun(fleet)
    cut = """
        select pg_terminate_backend(pid) from pg_stat_activity join pg_locks using (pid)
        where locktype = 'advisory' and granted and application_name = :name
    """
    assert fleet_rows(fleet.db, cut, name=fleet.folder.name)
    wait_for(
        lambda: fleet_rows(fleet.db, "select 1 from runs where status = 'interrupted'"), "the crawl went on unfenced"
    )
    (run,) = fleet_rows(fleet.db, "select message from runs where status = 'interrupted'")
    assert "was lost" in run["message"]
    check_all_is_kept_once(fleet)
    assert worker.poll() is None


def test_every_connection_is_cut_three_times_and_nothing_is_lost(fleet: Fleet, workers) -> None:
    worker = workers()
    begun(fleet)
    cut = """
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and application_name = :name
    """
    for _ in range(3):
        assert fleet_rows(fleet.db, cut, name=fleet.folder.name)
        time.sleep(1)
    check_all_is_kept_once(fleet)
    assert worker.poll() is None


def test_a_signal_drains_and_another_worker_goes_on(fleet: Fleet, workers) -> None:
    first = workers()
    begun(fleet)
    first.send_signal(signal.SIGTERM)
    out, err = first.communicate(timeout=LONGEST_S)
    assert (first.returncode, "Traceback" in err) == (4, False), err
    assert '"interrupted"' in out
    assert jobs(fleet) == [("todo", None)]
    assert fleet.run("fleet", "--json").json["workers"] == []
    workers()
    check_all_is_kept_once(fleet)


def test_fleet_drain_ends_the_workers_and_pause_has_them_begin_nothing(fleet: Fleet, workers) -> None:
    fleet.run("fleet", "pause")
    first = workers()
    wait_for(lambda: fleet.run("fleet", "--json").json["workers"], "the worker did not enter")
    time.sleep(3 * fleet.heartbeat_s)
    assert fleet.server.requests == []
    fleet.run("fleet", "drain")
    first.communicate(timeout=LONGEST_S)
    assert first.returncode == 0
    fleet.run("fleet", "resume")
    workers()
    check_all_is_kept_once(fleet)


def test_two_sites_of_one_host_are_asked_by_two_workers_as_by_one(fleet: Fleet, workers) -> None:
    write_site(fleet.folder / "sites", "outlet_sport", host=f"www.{SITE}.example", delay_s=DELAY_S)
    fleet.server.outlets[f"www.{SITE}.example"] = Outlet(SITE)
    fleet.schedule()
    workers()
    workers("another")
    wait_for(lambda: not jobs(fleet), "the jobs were never done")
    runs = fleet_rows(fleet.db, "select site from runs where status = 'done'")
    assert {run["site"] for run in runs} == {SITE, "outlet_sport"}
    times = [at for _host, _target, _status, at in fleet.server.requests]
    assert min(later - earlier for earlier, later in pairwise(times)) > DELAY_S * LEAST_GAP
