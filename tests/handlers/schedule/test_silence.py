from datetime import timedelta

from handlers.schedule.silence import PUT_OFF, Silence
from storage.models import Conversation
from tests.handlers.schedule.life import Life

DAY = timedelta(days=1)


def talk(life: Life, now, expires_at) -> int:
    resident = life.resident(now)
    conversation = Conversation(resident_id=resident, state="asking", expires_at=expires_at)
    life.database.write_now(lambda unit: unit.conversations.save(conversation))
    return resident


def end(unit, resident_id, _now) -> None:
    conversation = unit.conversations.of(resident_id)
    conversation.state, conversation.expires_at = "idle", None
    unit.conversations.save(conversation)


def run(life: Life, now, file_silent) -> int:
    job, batches = Silence(file_silent), 0
    while life.database.write_now(lambda unit: job(unit, now)):
        batches += 1
    return batches


def test_who_was_silent_for_too_long_is_filed_once(life: Life, now):
    resident = talk(life, now, now - DAY)
    filed = []

    def file_silent(unit, resident_id, moment):
        filed.append(resident_id)
        end(unit, resident_id, moment)

    run(life, now, file_silent)
    run(life, now, file_silent)

    assert filed == [resident]


def test_who_still_has_time_is_left_alone(life: Life, now):
    talk(life, now, now + DAY)

    assert run(life, now, end) == 0


def test_a_talk_that_cannot_be_filed_does_not_hold_up_the_next(life: Life, now):
    bad = talk(life, now, now - 2 * DAY)
    good = talk(life, now, now - DAY)
    filed = []

    def file_silent(unit, resident_id, moment):
        if resident_id == bad:
            raise ValueError("a mistake of ours")
        filed.append(resident_id)
        end(unit, resident_id, moment)

    run(life, now, file_silent)

    assert filed == [good]
    assert life.database.read_now(lambda unit: unit.conversations.of(bad).expires_at) == now + PUT_OFF


def test_a_talk_that_stays_as_it_was_ends_the_round_all_the_same(life: Life, now):
    talk(life, now, now - DAY)

    assert run(life, now, lambda *_: None) == 1
