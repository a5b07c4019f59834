from datetime import timedelta
from threading import Thread

import pytest

from handlers.receipts import AGAIN_AFTER, TRIES, catch_up, receipt
from storage.models import Notice, Resident


@pytest.fixture
def sent(database, now):
    """A template message that is out, to the only resident there is."""

    def add(unit):
        resident = Resident(openid="o", first_seen_at=now)
        unit.residents.save(resident)
        unit.session.flush()
        unit.outbox.add(
            Notice(
                channel="resident",
                address=str(resident.id),
                lane="ticket:1",
                kind="accepted",
                dedupe="fact",
                state="sent",
                msgid="77",
                created_at=now,
                sent_at=now,
                way="template",
                attempts=1,
            )
        )

    database.write_now(add)


def told(database, msgid, status, now):
    known = database.write_now(lambda unit: receipt(unit, msgid, status, now))
    return known, database.read_now(lambda unit: unit.outbox.by_id(1))


@pytest.mark.usefixtures("sent")
class TestReceipt:
    def test_what_arrived_is_delivered(self, database, now):
        known, notice = told(database, "77", "success", now)

        assert (known, notice.state) == (True, "delivered")

    def test_what_was_blocked_waits_until_the_resident_writes(self, database, now):
        _, notice = told(database, "77", "user_block", now)

        resident = database.read_now(lambda unit: unit.residents.by_id(int(notice.address)))
        assert notice.state == "kept"
        assert (resident.followed, resident.reachable) == (False, False)

    def test_what_the_platform_dropped_is_sent_again_when_its_memory_is_over(self, database, now):
        _, notice = told(database, "77", "system_failed", now)

        assert (notice.state, notice.next_at) == ("pending", now + AGAIN_AFTER)

    def test_what_the_platform_drops_again_and_again_is_a_dead_letter(self, database, now):
        def tried(unit):
            unit.outbox.by_id(1).attempts = TRIES

        database.write_now(tried)

        _, notice = told(database, "77", "system_failed", now)

        assert notice.state == "failed"

    def test_a_receipt_that_comes_twice_changes_nothing(self, database, now):
        told(database, "77", "success", now)

        known, notice = told(database, "77", "user_block", now + timedelta(minutes=1))

        assert (known, notice.state) == (False, "delivered")

    @pytest.mark.parametrize("msgid", ["", "78"])
    def test_a_receipt_of_something_else_is_nobodys(self, database, now, msgid):
        known, notice = told(database, msgid, "success", now)

        assert (known, notice.state) == (False, "sent")


def test_a_receipt_that_comes_while_the_message_is_written_down_is_not_lost(postgres_database, now):
    notice = Notice(
        channel="resident",
        address="1",
        lane="ticket:1",
        kind="accepted",
        dedupe="fact",
        created_at=now,
        next_at=now,
    )
    postgres_database.write_now(lambda unit: unit.outbox.add(notice))
    arriving = Thread(
        target=lambda: postgres_database.write_now(lambda unit: receipt(unit, "77", "success", now))
    )

    def written_down(unit):
        row = unit.outbox.by_id(1)
        row.state, row.msgid = "sent", "77"
        unit.outbox.save(row)
        catch_up(unit, "77", now)
        arriving.start()
        arriving.join(0.5)  # it may have to wait for us

    postgres_database.write_now(written_down)
    arriving.join()

    assert postgres_database.read_now(lambda unit: unit.outbox.by_id(1)).state == "delivered"


@pytest.mark.usefixtures("sent")
def test_a_message_that_is_written_down_twice_is_not_taken_for_a_failed_one(database, now):
    for _ in range(2):
        database.write_now(lambda unit: catch_up(unit, "77", now))

    assert database.read_now(lambda unit: unit.outbox.by_id(1)).state == "sent"
