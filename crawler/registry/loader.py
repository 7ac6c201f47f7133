"""Spider loader: Scrapy's own commands find the same sites as `warraq`."""

import warnings

from scrapy.spiderloader import SpiderLoader

from crawler.registry import declared_sites


class SiteLoader(SpiderLoader):
    """Loads every site file that imports. Scrapy's own loader skips only files with import and syntax errors.

    broken: name of a failed file to its error; there is a warning for each.
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
