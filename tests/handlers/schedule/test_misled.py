from datetime import timedelta

import pytest

from handlers.rules.zone import DESK
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.schedule.life import Life

MONDAY_NINE = NOW + timedelta(days=5, hours=23)
"""Monday 2026-11-30, 09:00 in China."""


@pytest.fixture
def life(database) -> Life:
    return Life(database)


def correct(life, why, at=NOW, **values):
    given = {"category": "none", "first_category": "dust", "why": why, "corrected_at": at}
    return life.file(at, **(given | values))


def told(life):
    return life.database.read_now(lambda unit: [one.text for one in unit.outbox.told_to("console", DESK)])


def test_the_desk_is_told_once_which_words_misled(life):
    for _ in range(2):
        correct(life, [["灰", "dust", 1.0]])
    correct(life, [], first_category="dust")

    life.work("misled", MONDAY_NINE)
    life.work("misled", MONDAY_NINE)

    (text,) = told(life)
    assert "3件工单" in text
    assert "“灰”误判2件：判为扬尘，应为其他" in text
    assert "没有认出任何词的1件" in text


def test_where_nothing_was_put_right_nobody_is_told(life):
    life.file(NOW)
    correct(life, [["灰", "dust", 1.0]], at=NOW - timedelta(days=20))

    life.work("misled", MONDAY_NINE)

    assert told(life) == []


def test_only_the_worst_words_are_named(life):
    for word in "甲乙丙丁戊己":
        for _ in range(2 if word != "己" else 1):
            correct(life, [[word, "dust", 1.0]])

    life.work("misled", MONDAY_NINE)

    (text,) = told(life)
    assert "“戊”" in text
    assert "“己”" not in text


def test_it_is_due_on_monday_at_nine_in_china(life):
    cadence = life.job("misled").cadence

    assert cadence.slot(MONDAY_NINE) == "2026-11-30T01:00:00Z"
    assert cadence.slot(MONDAY_NINE - timedelta(seconds=1)) == "2026-11-23T01:00:00Z"
