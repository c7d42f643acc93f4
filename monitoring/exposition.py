"""The gauges as Prometheus reads them, and the counters that workers keep in Valkey between two readings."""

from collections import defaultdict
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jobs import counters
from monitoring import gauges
from monitoring.gauges import Gauge, Sample


class Product(Collector):
    """Asks Postgres and Valkey when it is read, so that any number of processes tell the same."""

    def collect(self) -> Iterator[Metric]:
        found: dict[Gauge, list[Sample]] = defaultdict(list)
        for sample in gauges.samples_of():
            found[sample.gauge].append(sample)
        for gauge in gauges.GAUGES:
            family = GaugeMetricFamily(gauge.name, gauge.about, labels=gauge.labels)
            for sample in found[gauge]:
                family.add_metric(sample.labels, sample.value)
            yield family
        yield swept()


def swept() -> Metric:
    family = CounterMetricFamily(
        "avatarg_sweeper_actions", "What the sweeper has done since Valkey began to count.", labels=("action",)
    )
    for action, count in counters.swept().items():
        family.add_metric((action,), count)
    return family


def page() -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Product())
    return generate_latest(registry)
