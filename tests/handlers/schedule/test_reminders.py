from datetime import timedelta

import pytest

from handlers.rules.deadlines import ReminderKind as Kind
from handlers.rules.lifecycle import Action
from handlers.schedule.reminders import PUT_OFF, chosen
from handlers.schedule.told import Told
from handlers.telling import LEADERS
from storage.unit import Unit
from tests.handlers.rules.worlds import at
from tests.handlers.schedule.life import EAST, Life

DAY = timedelta(days=1)
WEEK_HOURS = 24 * 14


def test_every_rung_is_told_once_in_its_order(life: Life, now):
    ticket = life.file(now, resident_id=None)

    life.live(now, WEEK_HOURS)

    assert life.kinds(ticket) == [
        "sign_for",
        "half",
        "eighty",
        "overdue",
        "escalate_desk",
        "escalate_leader",
    ]


def test_each_is_told_to_whom_it_concerns(life: Life, now):
    ticket = life.file(now, resident_id=None)

    life.live(now, WEEK_HOURS)

    told = {notice.kind: notice.address for notice in life.notices(ticket, "console")}
    assert told["overdue"] == EAST
    assert told["escalate_desk"] == "desk"
    assert told["escalate_leader"] == LEADERS


def test_an_office_with_a_robot_hears_it_there_too(life: Life, now):
    ticket = life.file(now)

    life.live(now, 4)

    robots = life.notices(ticket, "robot")
    assert [(notice.address, notice.kind, notice.state) for notice in robots] == [
        ("east", "sign_for", "pending")
    ]


def test_looking_twice_tells_once(life: Life, now):
    ticket = life.file(now)

    for _ in range(3):
        life.work("reminders", now + DAY)

    assert life.kinds(ticket).count("sign_for") == 1


def test_after_a_downtime_only_the_loudest_rung_is_told(life: Life, now):
    ticket = life.file(now)
    life.move(ticket, Action.ACCEPT, now)
    due = life.ticket(ticket).due_at

    life.work("reminders", due + timedelta(minutes=1))

    kinds = life.kinds(ticket)
    assert "overdue" in kinds
    assert not {"half", "eighty"} & set(kinds)


def test_a_rung_that_was_passed_over_is_never_told_later(life: Life, now):
    ticket = life.file(now, resident_id=None)
    life.move(ticket, Action.ACCEPT, now)
    due = life.ticket(ticket).due_at

    life.work("reminders", due + timedelta(minutes=1))
    life.live(due, WEEK_HOURS)

    assert life.kinds(ticket) == ["overdue", "escalate_desk", "escalate_leader"]


def test_nothing_is_due_at_the_weekend(life: Life):
    friday_evening = at("2026-11-27 17:00")
    ticket = life.file(friday_evening, resident_id=None)

    life.live(friday_evening, 24 * 2 + 12)

    assert life.kinds(ticket) == []


def test_what_was_signed_for_in_time_is_not_asked_for(life: Life, now):
    ticket = life.file(now)
    life.move(ticket, Action.ACCEPT, now)

    life.live(now, 6)

    assert "sign_for" not in life.kinds(ticket)


def test_a_reminder_that_is_no_longer_true_is_done_in_silence(life: Life, now):
    ticket = life.file(now)
    # Changed behind the casebook's back: the rows of the plan are still those of a dispatched ticket.
    life.change(ticket, status="resolved", due_at=None, sign_for_at=None)

    life.work("reminders", now + DAY)

    assert life.kinds(ticket) == []


def test_a_limit_that_was_moved_is_reminded_of_at_its_new_moment(life: Life, now):
    ticket = life.file(now)
    life.move(ticket, Action.ACCEPT, now)
    due = life.ticket(ticket).due_at
    life.change(ticket, due_at=due + 2 * DAY)

    life.work("reminders", due + timedelta(minutes=1))
    before = life.kinds(ticket)
    life.work("reminders", due + 2 * DAY + timedelta(minutes=1))

    assert "overdue" not in before
    assert life.kinds(ticket).count("overdue") == 1


def test_a_ticket_without_an_office_waits_for_the_desk_and_then_the_leaders(life: Life, now):
    ticket = life.file(now, resident_id=None)
    life.move(ticket, Action.RETURN, now)

    life.live(now, WEEK_HOURS)

    assert life.kinds(ticket) == ["return_waiting", "escalate_leader"]


def test_the_end_of_a_parking_is_told_to_owner_and_desk_and_then_the_leaders(life: Life, now):
    ticket = life.file(now, resident_id=None)
    life.move(ticket, Action.ACCEPT, now)
    life.move(ticket, Action.HOLD, now, hold_until=now + 5 * DAY)

    life.live(now, WEEK_HOURS)

    told = [(notice.kind, notice.address) for notice in life.notices(ticket, "console")]
    assert told == [("hold_over", EAST), ("hold_over", "desk"), ("escalate_leader", LEADERS)]


class TestTheResident:
    @pytest.fixture
    def person(self, life: Life, now) -> int:
        return life.resident(now)

    def test_hears_after_days_of_silence_and_then_again(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        life.live(now, 24 * 4)
        first = life.notices(ticket, "resident")
        _sent(life, ticket)

        life.live(now + 4 * DAY, 24 * 4)

        assert [notice.kind for notice in first] == ["follow_up"]
        assert life.kinds(ticket).count("follow_up") == 2

    def test_is_told_frankly_that_nobody_has_signed_for_it(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)

        life.live(now, 24 * 4)

        told = [notice.text for notice in life.notices(ticket, "resident")]
        assert len(told) == 1
        assert "还没有签收" in told[0]

    def test_never_hears_twice_in_a_day(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.live(now, 24 * 14)

        days = [notice.created_at.date() for notice in life.notices(ticket, "resident")]

        assert len(days) == len(set(days))

    def test_gets_no_second_word_while_the_first_has_not_arrived(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)

        life.live(now, 24 * 14)

        assert life.kinds(ticket).count("follow_up") == 1

    def test_is_told_frankly_that_the_promise_was_not_kept(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        late = life.ticket(ticket).due_at + 4 * DAY

        life.work("reminders", late)

        [notice] = life.notices(ticket, "resident")
        assert "很抱歉" in notice.text

    def test_is_told_that_the_desk_still_looks_for_an_office(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.RETURN, now)

        life.work("reminders", now + 4 * DAY)

        [notice] = life.notices(ticket, "resident")
        assert "调度台" in notice.text

    def test_is_asked_whether_it_is_solved_once_more_and_then_it_is_closed(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        life.move(ticket, Action.RESOLVE, now, outcome="rectified")

        life.live(now, 24 * 12)

        assert life.kinds(ticket) == ["ask_rating", "ask_rating_again"]
        assert life.ticket(ticket).status == "closed"

    def test_may_answer_with_a_tap(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        life.move(ticket, Action.RESOLVE, now)

        life.work("reminders", now + DAY)

        [notice] = life.notices(ticket, "resident")
        assert notice.data["choices"] == [[f"{ticket}2", "满意"], [f"{ticket}1", "不满意"]]

    def test_who_has_rated_is_not_asked(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        life.move(ticket, Action.RESOLVE, now)
        life.change(ticket, rating=2)

        life.live(now, 24 * 12)

        assert life.kinds(ticket) == []
        assert life.ticket(ticket).status == "resolved"

    def test_is_asked_before_a_ticket_is_closed_even_after_a_long_downtime(self, life: Life, now, person):
        ticket = life.file(now, resident_id=person)
        life.move(ticket, Action.ACCEPT, now)
        life.move(ticket, Action.RESOLVE, now)
        back = now + 20 * DAY

        life.work("reminders", back)
        first, state = life.kinds(ticket), life.ticket(ticket).status
        life.live(back, 24 * 4)

        assert (first, state) == (["ask_rating"], "resolved")
        assert life.kinds(ticket) == ["ask_rating"]
        assert life.ticket(ticket).status == "closed"

    def test_a_case_typed_in_by_staff_is_closed_without_asking_anybody(self, life: Life, now):
        ticket = life.file(now, resident_id=None)
        life.move(ticket, Action.ACCEPT, now)
        life.move(ticket, Action.RESOLVE, now)

        life.live(now, 24 * 12)

        assert life.kinds(ticket) == []
        assert life.ticket(ticket).status == "closed"


def test_a_ticket_that_cannot_be_reminded_of_does_not_hold_up_the_others(life: Life, now, monkeypatch):
    bad, good = life.file(now), life.file(now)
    tell = Told.tell

    def failing(self, unit, ticket, kind, planned, moment):
        if ticket.id == bad:
            raise ValueError("a mistake of ours")
        tell(self, unit, ticket, kind, planned, moment)

    monkeypatch.setattr(Told, "tell", failing)

    life.work("reminders", now + timedelta(hours=5))

    assert (life.kinds(bad), life.kinds(good)) == ([], ["sign_for"])


def test_a_reminder_that_failed_is_tried_again_later(life: Life, now, monkeypatch):
    ticket = life.file(now)
    with monkeypatch.context() as broken:
        broken.setattr(Told, "tell", lambda *_: 1 / 0)
        life.work("reminders", now + timedelta(hours=5))

    life.work("reminders", now + timedelta(hours=5) + PUT_OFF)

    assert life.kinds(ticket) == ["sign_for"]


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ([], []),
        ([Kind.HALF], [Kind.HALF]),
        ([Kind.HALF, Kind.EIGHTY], [Kind.EIGHTY]),
        ([Kind.SIGN_FOR, Kind.HALF, Kind.OVERDUE], [Kind.SIGN_FOR, Kind.OVERDUE]),
        ([Kind.ASK_RATING, Kind.ASK_RATING_AGAIN, Kind.CLOSE_UNRATED], [Kind.ASK_RATING]),
        ([Kind.ASK_RATING_AGAIN, Kind.CLOSE_UNRATED], [Kind.ASK_RATING_AGAIN]),
        ([Kind.CLOSE_UNRATED], [Kind.CLOSE_UNRATED]),
    ],
)
def test_of_what_belongs_together_one_is_told(due, told):
    assert chosen(due) == told


def _sent(life: Life, ticket: int) -> None:
    def step(unit: Unit) -> None:
        for notice in unit.outbox.of_ticket(ticket):
            notice.state = "sent"

    life.database.write_now(step)
