"""Requeues jobs whose worker is dead. Every worker does so: a job of the queue with this task could stall itself.

One worker at a time does it, in one transaction. If that worker is stopped, the transaction is rolled back.
"""

from psycopg.errors import UniqueViolation
from psycopg.rows import dict_row

from crawler.fleet.job_queue import JobQueue
from crawler.fleet.roster import HEARTBEAT_S
from crawler.fleet.tables import DEAD_AFTER
from storage.db.advisory_locks import lock_key

_STRUCK_OFF_S = 3600  # without a heartbeat, before a dead worker without jobs is removed
_STALLED = """
select job.id, job.args->>'site' as site
from procrastinate_jobs job
left join procrastinate_workers worker on worker.id = job.worker_id
left join warraq_workers on warraq_workers.worker_id = worker.id
where job.status = 'doing' and (worker.id is null
    or worker.last_heartbeat < now() - make_interval(secs => %(beats)s * coalesce(heartbeat_s, %(heartbeat_s)s)))
for update of job skip locked
"""
_STRIKE_OFF = """
delete from procrastinate_workers where last_heartbeat < now() - make_interval(secs => %(seconds)s)
and not exists (select 1 from procrastinate_jobs where worker_id = procrastinate_workers.id and status = 'doing')
"""


async def redo_stalled(queue: JobQueue) -> list[str]:
    """Requeue running jobs whose worker is dead or missing; returns the names of their sites.

    If another job of the site waits already, the stalled one is deleted: procrastinate does not allow both to wait.
    Raises psycopg.Error.
    """
    sites: list[str] = []
    async with queue.transaction() as connection:
        await connection.execute("set local idle_in_transaction_session_timeout = '5s'")
        key = lock_key(f"{queue.schema}:stalled jobs")
        row = await (await connection.execute("select pg_try_advisory_xact_lock(%s)", (key,))).fetchone()
        if row is None or not row[0]:
            return sites
        cursor = connection.cursor(row_factory=dict_row)
        await cursor.execute(_STALLED, {"beats": DEAD_AFTER, "heartbeat_s": HEARTBEAT_S})
        for job in await cursor.fetchall():
            try:
                async with connection.transaction():
                    await connection.execute(
                        "select procrastinate_retry_job_v2(%s, now(), null, null, null)", (job["id"],)
                    )
            except UniqueViolation:
                await connection.execute("select procrastinate_finish_job_v1(%s, 'aborted', true)", (job["id"],))
            sites.append(job["site"])
        await connection.execute(_STRIKE_OFF, {"seconds": _STRUCK_OFF_S})
    return sites
