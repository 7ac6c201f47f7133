"""The declared outlets: one file a site. Nobody has seen them crawl live yet: `warraq check` is how to try one."""
