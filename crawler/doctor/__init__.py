"""Whether an installation and its archive are fit for crawls that nobody watches: each check is one diagnosis."""
