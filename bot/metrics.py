"""What the operator watches: one registry, made by wiring and handed to whoever counts."""

import math
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.database import Database
from storage.errors import StorageError
from storage.tickets import TicketFilter

_REPLY_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""The platform waits 5 s; the service promises 1 s."""


class Metrics:
    """Counters and gauges of one process. Labels are kinds and reasons, never a person or a text."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._pushes = self._counter("pushes", "Pushes of the platform that were taken", "kind")
        self._refused = self._counter("pushes_refused", "Pushes that were refused", "reason")
        self._replies = Histogram(
            "jiesu_reply_seconds",
            "From a push to its reply",
            buckets=_REPLY_SECONDS,
            registry=self.registry,
        )
        self._notices = self._counter("notices", "Notices by way and outcome", "way", "outcome")
        self._jobs = self._counter("job_runs", "Runs of the clock's jobs", "job", "outcome")
        self._tokens = self._counter("token_refreshes", "Access tokens asked for", "outcome")
        self._media = self._counter("media", "Photos, voice notes and videos fetched or lost", "outcome")
        self._dead = self._gauge("dead_letters", "Notices that were given up")
        self._waiting = self._gauge("outbox_pending", "Notices that wait to be sent")
        self._age = self._gauge("outbox_age_seconds", "How long the oldest waiting notice waits")
        self._overdue = self._gauge("tickets_overdue", "Tickets past their deadline")

    def push(self, kind: str) -> None:
        """Count a push that was taken."""
        self._pushes.labels(kind).inc()

    def refused(self, reason: str) -> None:
        """Count a push that was refused."""
        self._refused.labels(reason).inc()

    def replied(self, seconds: float) -> None:
        """Note how long a reply took."""
        self._replies.observe(seconds)

    def notice(self, way: str, outcome: str) -> None:
        """Count what became of a notice: way customer, template, robot or none."""
        self._notices.labels(way, outcome).inc()

    def job(self, name: str, outcome: str) -> None:
        """Count a run of a job: outcome ok or error."""
        self._jobs.labels(name, outcome).inc()

    def token(self, outcome: str) -> None:
        """Count a request for an access token."""
        self._tokens.labels(outcome).inc()

    def media(self, outcome: str) -> None:
        """Count a file: kept, lost or retried."""
        self._media.labels(outcome).inc()

    def outbox(self, counts: dict[str, int], oldest: datetime | None, now: datetime) -> None:
        """Show how the outbox stands: ``counts`` by state, and since when its oldest notice waits."""
        self._dead.set(counts.get("failed", 0))
        self._waiting.set(counts.get("pending", 0) + counts.get("sending", 0))
        self._age.set(max((now - oldest).total_seconds(), 0) if oldest else 0)

    def overdue(self, tickets: int) -> None:
        """Show how many tickets are past their deadline."""
        self._overdue.set(tickets)

    def unknown(self) -> None:
        """Show that nobody knows how the outbox and the deadlines stand: old figures would look healthy."""
        for gauge in (self._dead, self._waiting, self._age, self._overdue):
            gauge.set(math.nan)

    def text(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"jiesu_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str) -> Gauge:
        return Gauge(f"jiesu_{name}", told, registry=self.registry)


async def measure(metrics: Metrics, database: Database, now: datetime) -> None:
    """Read what only the database knows, for whoever asks for the metrics now; NaN where it is away."""
    overdue = TicketFilter(overdue_at=now)
    try:
        counts, oldest, late = await database.read(
            lambda unit: (unit.outbox.counts(), unit.outbox.oldest_pending(), unit.tickets.count(overdue))
        )
    except StorageError:
        metrics.unknown()
        return
    metrics.outbox(counts, oldest, now)
    metrics.overdue(late)
