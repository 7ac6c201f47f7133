"""Health as Prometheus metrics: text format 0.0.4, for node_exporter's textfile collector."""

from collections.abc import Iterator, Sequence

from prometheus_client import exposition
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from crawler.health.verdicts import VERDICTS, Health


class _HealthCollector(Collector):
    """The gauges of all sites. A gauge without a sample is left out."""

    def __init__(self, states: Sequence[Health]) -> None:
        self._states = states

    def collect(self) -> Iterator[GaugeMetricFamily]:
        verdict = _gauge("warraq_site_verdict", "1 for the verdict of the site, 0 for the others.", "verdict")
        ended = _gauge("warraq_last_run_timestamp_seconds", "When the newest run of the site ended.")
        new = _gauge("warraq_new_articles_day", "New articles in the day before that run.")
        about = "New articles in that day that the earlier runs of the site lead one to expect."
        expected = _gauge("warraq_expected_articles_day", about)
        about = "Part of the newest run's new articles that have the field."
        coverage = _gauge("warraq_field_coverage_ratio", about, "field")
        about = "Pages of the newest run that gave no article, by reason."
        reasons = _gauge("warraq_pages_without_article", about, "reason")
        about = "Endpoints of the channel that did not answer in the newest run."
        failures = _gauge("warraq_channel_failures", about, "channel")
        for state in self._states:
            for name in VERDICTS:
                verdict.add_metric((state.site, name), float(state.verdict == name))
            ended.add_metric((state.site,), state.at.timestamp())
            new.add_metric((state.site,), state.new)
            if state.expected is not None:
                expected.add_metric((state.site,), state.expected)
            for family, values in ((coverage, state.coverage), (reasons, state.reasons), (failures, state.failing)):
                for key, value in sorted(values.items()):
                    family.add_metric((state.site, key), value)
        families = (verdict, ended, new, expected, coverage, reasons, failures)
        return (family for family in families if family.samples)


def metrics(states: Sequence[Health]) -> bytes:
    """The contents of a .prom file."""
    return exposition.generate_latest(_HealthCollector(states))


def _gauge(name: str, about: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=("site", *labels))
