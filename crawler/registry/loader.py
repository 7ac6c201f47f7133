"""Spider loader, by which Scrapy's own commands find the same sites as `warraq`, and also require a contact."""

import warnings

from scrapy import Spider
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.contact import require_contact
from crawler.platforms.base import SiteSpider
from crawler.registry import declared_sites
from storage.errors import UsageError


class SiteLoader(SpiderLoader):
    """Loads every site file that imports. Scrapy's own loader skips only files with import and syntax errors.

    broken: name of a failed file to its error; there is a warning for each.
    """

    broken: dict[str, str]

    def __init__(self, settings: BaseSettings) -> None:
        self._allowed = settings.getlist("WARRAQ_ALLOW_HOSTS")
        super().__init__(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name. Raises Scrapy's UsageError (exit code 2) if `require_contact` refuses."""
        spider = super().load(spider_name)
        if issubclass(spider, SiteSpider):
            try:
                require_contact([spider.site.home], self._allowed)
            except UsageError as error:
                raise ScrapyUsageError(str(error), print_help=False) from error
        return spider

    def _load_all_spiders(self) -> None:
        declared = declared_sites.declared(self.spider_modules)
        self._spiders.update(declared.spiders)
        self.broken = {name: broken.error for name, broken in declared.broken.items()}
        for broken in declared.broken.values():
            if not self.warn_only:
                raise broken.cause
            warnings.warn(f"{broken.path} was left out: {broken.error}", RuntimeWarning, stacklevel=2)
