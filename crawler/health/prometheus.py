"""Health as Prometheus reads it: text format 0.0.4, for node_exporter's textfile collector."""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import exposition
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from crawler.health.verdicts import VERDICTS, Health

Values = Iterable[tuple[str, str, float]]  # site, value of the second label, value of the gauge


class _HealthCollector(Collector):
    """The gauges of all sites. A gauge without a sample is left out."""

    def __init__(self, states: Sequence[Health]) -> None:
        self._states = states

    def collect(self) -> Iterator[GaugeMetricFamily]:
        states = self._states
        families = (
            _by_label(
                "warraq_site_verdict",
                "1 for the verdict of the site, 0 for the others.",
                "verdict",
                ((state.site, name, float(state.verdict == name)) for state in states for name in VERDICTS),
            ),
            _by_site(
                "warraq_last_run_timestamp_seconds",
                "When the newest run of the site ended.",
                ((state.site, state.at.timestamp()) for state in states),
            ),
            _by_site(
                "warraq_new_articles_day",
                "New articles in the day before that run.",
                ((state.site, state.new) for state in states),
            ),
            _by_site(
                "warraq_expected_articles_day",
                "New articles in that day that the earlier runs of the site lead one to expect.",
                ((state.site, state.expected) for state in states if state.expected is not None),
            ),
            _by_label(
                "warraq_field_coverage_ratio",
                "Part of the newest run's new articles that have the field.",
                "field",
                ((state.site, *item) for state in states for item in sorted(state.coverage.items())),
            ),
            _by_label(
                "warraq_pages_without_article",
                "Pages of the newest run that gave no article, by reason.",
                "reason",
                ((state.site, *item) for state in states for item in sorted(state.reasons.items())),
            ),
            _by_label(
                "warraq_channel_failures",
                "Endpoints of the channel that did not answer in the newest run.",
                "channel",
                ((state.site, *item) for state in states for item in sorted(state.failing.items())),
            ),
        )
        return (family for family in families if family.samples)


def metrics(states: Sequence[Health]) -> bytes:
    """The contents of a .prom file."""
    return exposition.generate_latest(_HealthCollector(states))


def _by_site(name: str, about: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=("site",))
    for site, value in values:
        family.add_metric((site,), value)
    return family


def _by_label(name: str, about: str, label: str, values: Values) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=("site", label))
    for site, key, value in values:
        family.add_metric((site, key), value)
    return family
