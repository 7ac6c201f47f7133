"""Health as Prometheus reads it: the text exposition format 0.0.4, for node_exporter's textfile collector."""

from collections.abc import Iterable, Sequence

from crawler.health.verdicts import VERDICTS, Health

Sample = tuple[dict[str, str], float]


def exposition(states: Sequence[Health]) -> str:
    """One family of samples after the other, each with its help and type."""
    families: list[tuple[str, str, Iterable[Sample]]] = [
        (
            "warraq_site_verdict",
            "1 for the verdict that the site has, 0 for the others.",
            (
                ({"site": state.site, "verdict": name}, float(state.verdict == name))
                for state in states
                for name in VERDICTS
            ),
        ),
        (
            "warraq_last_run_timestamp_seconds",
            "When the newest run of the site ended.",
            (({"site": state.site}, state.at.timestamp()) for state in states),
        ),
        (
            "warraq_new_articles_day",
            "New articles in the day before that run.",
            (({"site": state.site}, float(state.new)) for state in states),
        ),
        (
            "warraq_expected_articles_day",
            "New articles that the site's own past leads one to expect in that day.",
            (({"site": state.site}, state.expected) for state in states if state.expected is not None),
        ),
        (
            "warraq_field_coverage_ratio",
            "Part of the newest run's new articles that have the field.",
            (
                ({"site": state.site, "field": name}, part)
                for state in states
                for name, part in sorted(state.coverage.items())
            ),
        ),
        (
            "warraq_pages_without_article",
            "Pages of the newest run that gave no article, by reason.",
            (
                ({"site": state.site, "reason": name}, float(count))
                for state in states
                for name, count in sorted(state.reasons.items())
            ),
        ),
        (
            "warraq_channel_failures",
            "Doors of the channel that did not answer in the newest run.",
            (
                ({"site": state.site, "channel": name}, float(count))
                for state in states
                for name, count in sorted(state.failing.items())
            ),
        ),
    ]
    return "".join(_family(name, about, samples) for name, about, samples in families)


def _family(name: str, about: str, samples: Iterable[Sample]) -> str:
    lines = [f"{name}{{{_labels(labels)}}} {value:.10g}\n" for labels, value in samples]
    return f"# HELP {name} {about}\n# TYPE {name} gauge\n{''.join(lines)}" if lines else ""


def _labels(labels: dict[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
