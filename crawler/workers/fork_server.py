"""Loaded by the fork server alone, before any worker: what all of them need, once; and the server ends with its parent.

The kernel kills the server when its parent dies, and each worker when the server does (`end_with_parent`), whatever
they are doing. A worker's own look at its parent would wait for the end of a long call into C.
"""

import gc

import crawler.extract
import crawler.workers.stored_captures  # noqa: F401 - extraction of stored captures, with all that it needs
from crawler.workers.worker_main import end_with_parent

end_with_parent()
gc.freeze()  # what is loaded is never garbage, and no worker has to copy it to look at it
