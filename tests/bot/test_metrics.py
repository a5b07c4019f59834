from datetime import timedelta

from bot.metrics import Metrics, measure
from storage.models import Notice
from tests.handlers.schedule.life import Life

HOUR = timedelta(hours=1)


def test_two_services_in_one_process_do_not_share_their_counts():
    one, other = Metrics(), Metrics()

    one.push("text")

    assert 'jiesu_pushes_total{kind="text"} 1.0' in one.text().decode()
    assert 'kind="text"' not in other.text().decode()


def test_everything_is_counted_under_its_name():
    metrics = Metrics()

    metrics.refused("bad_signature")
    metrics.replied(0.03)
    metrics.token("ok")
    metrics.media("kept")

    shown = metrics.text().decode()
    assert 'jiesu_pushes_refused_total{reason="bad_signature"} 1.0' in shown
    assert 'jiesu_reply_seconds_bucket{le="0.05"} 1.0' in shown
    assert 'jiesu_token_refreshes_total{outcome="ok"} 1.0' in shown
    assert 'jiesu_media_total{outcome="kept"} 1.0' in shown


async def test_how_the_outbox_and_the_deadlines_stand_is_measured(database, now):
    life = Life(database)
    life.file(now - 24 * 30 * HOUR)
    for state in ("pending", "failed"):
        notice = Notice(
            channel="robot",
            address="east",
            lane=state,
            kind="new",
            dedupe=state,
            state=state,
            created_at=now - HOUR,
            next_at=now,
        )
        life.database.write_now(lambda unit, it=notice: unit.outbox.add(it))
    metrics = Metrics()

    await measure(metrics, database, now)

    shown = metrics.text().decode()
    assert "jiesu_outbox_pending 1.0" in shown
    assert "jiesu_dead_letters 1.0" in shown
    assert "jiesu_outbox_age_seconds 3600.0" in shown
    assert "jiesu_tickets_overdue 1.0" in shown
