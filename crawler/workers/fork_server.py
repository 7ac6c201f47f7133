"""Preload module of the fork server: imports the modules that workers need, once, before any worker is forked.

The kernel kills the server when its parent dies, and each worker when the server dies (`end_with_parent`), whatever
they are doing. A worker that checked its parent itself could do so only after a long call into C.
"""

import gc

import crawler.extract
import crawler.workers.stored_captures  # noqa: F401 - extraction of stored captures, with all that it needs
from crawler.workers.worker_main import end_with_parent

end_with_parent()
gc.freeze()  # modules are never garbage, and a collection would copy their memory pages into each worker
