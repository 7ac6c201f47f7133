"""How Scrapy's own commands find the sites: as `warraq` does."""

import warnings

from scrapy.spiderloader import SpiderLoader

from crawler.registry import declared_sites


class SiteLoader(SpiderLoader):
    """Scrapy's loader stops at the first file that fails, and only forgives import and syntax errors.

    broken: file name to its error; each is also warned about.
    """

    broken: dict[str, str]

    def _load_all_spiders(self) -> None:
        declared = declared_sites.declared(self.spider_modules)
        self._spiders.update(declared.spiders)
        self.broken = {name: broken.error for name, broken in declared.broken.items()}
        for broken in declared.broken.values():
            if not self.warn_only:
                raise broken.cause
            warnings.warn(f"{broken.path} was left out: {broken.error}", RuntimeWarning, stacklevel=2)
