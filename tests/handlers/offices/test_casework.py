"""What officers do with a ticket, and what follows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.offices.command import Photo
from handlers.offices.errors import Conflict, Forbidden, Invalid, Outdated, Unknown
from handlers.rules.lifecycle import MOVES, RESIDENT_ACTIONS, Action, Status
from handlers.rules.zone import DESK
from storage.models import Ticket
from storage.unit import Unit
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices.bench import (
    BUILDERS,
    DISPATCHER,
    EAST,
    EASTERN,
    LEADER,
    SOUTH,
    WEST,
    WESTERN,
    Bench,
    small_zone,
)

PHOTO = Photo("a" * 64, "b" * 64, "image/jpeg", 1234)


def test_the_resident_hears_that_the_office_signed_for_it_and_until_when(bench_anywhere: Bench) -> None:
    bench_anywhere.file()

    ticket = bench_anywhere.act(EASTERN, Action.ACCEPT)

    assert ticket.status == "accepted"
    assert bench_anywhere.heard() == [
        "您的诉求 GX20261124-0001 已由东街道签收受理，正在安排人员处理，承诺 12月1日（周二）17:30 前办结。"
    ]


def test_signing_for_it_too_late_promises_nothing_that_has_passed(bench: Bench) -> None:
    bench.file()

    bench.act(EASTERN, Action.ACCEPT, at=NOW + timedelta(days=20))

    assert bench.heard() == [
        "您的诉求 GX20261124-0001 已由东街道签收受理。已超过原定的办结时间，很抱歉，我们在督促尽快办结。"
    ]


def test_nothing_that_has_passed_is_promised_when_work_goes_on_or_is_given_out(bench: Bench) -> None:
    late = NOW + timedelta(days=20)
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)
    bench.act(EASTERN, Action.HOLD, at=late, note="等审批")
    bench.file("GX20261124-0002", owner=DESK)

    bench.act(EASTERN, Action.RESUME, at=late + timedelta(days=1))
    bench.act(DISPATCHER, Action.REASSIGN, "GX20261124-0002", at=late, office=EAST)

    sorry = "已超过原定的办结时间，很抱歉，我们在督促尽快办结。"
    assert bench.heard()[-1] == f"您的诉求 GX20261124-0001 已恢复办理（东街道）。{sorry}"
    assert bench.heard("GX20261124-0002") == [
        f"您的诉求 GX20261124-0002 已由调度台核实，派给东街道办理。{sorry}"
    ]


def test_every_step_names_who_did_it_and_keeps_both_notes_apart(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    bench.act(EASTERN, Action.PROGRESS, note="已要求工地洒水", internal="老板态度差")

    last = bench.history()[-1]
    assert (last.actor_kind, last.actor, last.action) == ("officer", "east-wang", "progress")
    assert (last.public_note, last.internal_note) == ("已要求工地洒水", "老板态度差")
    assert not any("态度" in words for words in bench.heard())


def test_a_return_goes_to_the_desk_and_never_to_the_resident(bench: Bench) -> None:
    bench.file()

    ticket = bench.act(EASTERN, Action.RETURN, note="不在我街道范围")

    assert (ticket.status, ticket.owner, ticket.due_at, ticket.returned) == ("returned", DESK, None, 1)
    assert bench.heard() == []
    assert [notice.text for notice in bench.notices("console", DESK)] == [
        "东街道退单 GX20261124-0001，原因：不在我街道范围。请改派或裁定。"
    ]
    assert bench.history()[-1].public_note == ""
    assert bench.history()[-1].internal_note == "不在我街道范围"


def test_what_the_desk_has_ruled_cannot_be_returned_again(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.RETURN, note="不在我街道范围")
    bench.act(DISPATCHER, Action.REASSIGN, office=EAST)

    with pytest.raises(Conflict, match="已裁定由本单位办理"):
        bench.act(EASTERN, Action.RETURN, note="还是不归我们")


def test_a_ticket_that_comes_back_from_the_desk_keeps_its_working_time(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.RETURN, note="不在我街道范围", at=NOW + timedelta(hours=1))

    ticket = bench.act(DISPATCHER, Action.REASSIGN, office=WEST, at=NOW + timedelta(days=1, hours=1))

    assert (ticket.status, ticket.owner, ticket.office) == ("dispatched", WEST, WEST)
    assert ticket.due_at == ticket.promised_at
    assert ticket.due_at is not None
    assert ticket.due_at > datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    assert "派给西街道办理，承诺 12月2日" in bench.heard()[-1]


def test_old_and_new_owner_hear_of_a_reassignment_and_the_promise_stands(bench: Bench) -> None:
    bench.file()
    promised = bench.ticket().promised_at

    ticket = bench.act(DISPATCHER, Action.REASSIGN, office="construction", note="属施工监管")

    assert (ticket.owner, ticket.office, ticket.promised_at) == ("construction", EAST, promised)
    assert "新工单 GX20261124-0001｜扬尘｜北门工地" in bench.notices("console", "construction")[-1].text
    assert bench.notices("console", EAST)[-1].text == "工单 GX20261124-0001 已改派给住建局，不用再办。"
    assert "已转由住建局负责办理" in bench.heard()[-1]


def test_a_group_chat_reads_no_number_that_a_resident_left(bench: Bench) -> None:
    bench.file(text="工地扬尘，请联系13812345678", place="北门13812345678")

    bench.act(DISPATCHER, Action.REASSIGN, office="construction")
    bench.act(BUILDERS, Action.RETURN, note="不是工地，居民13812345678说的")

    assert bench.notices("robot", "builders")
    assert bench.notices("robot", "desk")
    assert not any("13812345678" in notice.text for notice in bench.notices("robot"))


@pytest.mark.parametrize("code", ["nobody", SOUTH, EAST, "\x00"])
def test_a_ticket_goes_only_to_another_owner_of_the_zone(bench: Bench, code: str) -> None:
    bench.file()

    with pytest.raises(Invalid) as refused:
        bench.act(DISPATCHER, Action.REASSIGN, office=code)

    assert refused.value.field == "office"


def test_an_extension_moves_the_promise_only_with_a_notice(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    ticket = bench.act(EASTERN, Action.EXTEND, note="要等设备到货", days=3)

    assert ticket.due_at == ticket.promised_at == datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
    assert bench.heard()[-1].endswith("东街道说明：要等设备到货。新的办结时间：12月4日（周五）17:30。")


def test_a_third_extension_is_refused(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)
    bench.act(EASTERN, Action.EXTEND, note="一", days=1)
    bench.act(EASTERN, Action.EXTEND, note="二", days=1)

    with pytest.raises(Conflict, match="最多2次"):
        bench.act(EASTERN, Action.EXTEND, note="三", days=1)


def test_no_extension_goes_beyond_what_the_law_allows(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    with pytest.raises(Invalid, match="法定最长期限") as refused:
        bench.act(EASTERN, Action.EXTEND, note="慢慢来", days=55)

    assert refused.value.field == "days"


def test_an_office_cannot_extend_what_is_late_already_but_the_desk_can(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)
    late = NOW + timedelta(days=20)

    with pytest.raises(Conflict, match="已过办结时限"):
        bench.act(EASTERN, Action.EXTEND, note="忘了", at=late)
    ticket = bench.act(DISPATCHER, Action.EXTEND, note="调度台同意", at=late)

    assert ticket.due_at is not None
    assert ticket.due_at > late


def test_a_parked_ticket_has_no_limit_and_gets_its_time_back(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)
    due = bench.ticket().due_at

    parked = bench.act(EASTERN, Action.HOLD, note="等专项资金", until=date(2026, 12, 20))
    until = parked.hold_until
    resumed = bench.act(EASTERN, Action.RESUME, at=NOW + timedelta(days=14))

    assert until == datetime(2026, 12, 19, 16, tzinfo=UTC)
    assert (resumed.status, resumed.hold_until) == ("in_progress", None)
    assert due is not None
    assert resumed.due_at == resumed.promised_at == due + timedelta(days=14)
    assert "已恢复办理" in bench.heard()[-1]


@pytest.mark.parametrize("until", [date(2026, 11, 24), date(2028, 1, 1), date.max, date.min, NOW])
def test_a_ticket_is_parked_until_a_day_to_come(bench: Bench, until: date) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    with pytest.raises(Invalid) as refused:
        bench.act(EASTERN, Action.HOLD, note="等资金", until=until)

    assert refused.value.field == "until"


def test_a_result_is_kept_with_its_measures_and_the_resident_is_asked(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    ticket = bench.act(
        EASTERN,
        Action.RESOLVE,
        note="裸土已全部覆盖",
        outcome="rectified",
        amount=1,
        outcomes=(("covered", 300.5),),
        photos=(PHOTO,),
    )

    assert (ticket.status, ticket.outcome, ticket.answer) == ("resolved", "rectified", "裸土已全部覆盖")
    assert ticket.outcomes == [["rectified", 1], ["covered", 300.5]]
    told = bench.notices("resident")[-1]
    assert told.data["choices"] == [[f"{ticket.id}2", "满意"], [f"{ticket.id}1", "不满意"]]
    kept = bench.database.read_now(lambda unit: unit.attachments.of_ticket(ticket.id or 0))
    assert [(one.role, one.by, one.state) for one in kept] == [("after", "east-wang", "kept")]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"note": "好了"}, "outcome"),
        ({"outcome": "rectified"}, "note"),
        ({"outcome": "rectified", "note": "  "}, "note"),
        ({"outcome": "purifier", "note": "好了"}, "outcome"),
        ({"outcome": "rectified", "note": "好了", "amount": -1}, "amount"),
        ({"outcome": "rectified", "note": "好了", "outcomes": (("nothing", 1),)}, "outcomes"),
        ({"outcome": "rectified", "note": "好了", "outcomes": (("covered", float("nan")),)}, "outcomes"),
        ({"outcome": "rectified", "note": "请联系居民 138 1234 5678"}, "note"),
        ({"outcome": "rectified", "note": "户主４３０４０１１９８００１０１００１Ｘ"}, "note"),
    ],
)
def test_a_result_that_cannot_be_kept_names_its_field(
    bench: Bench, fields: dict[str, object], named: str
) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    with pytest.raises(Invalid) as refused:
        bench.act(EASTERN, Action.RESOLVE, **fields)

    assert refused.value.field == named
    assert bench.ticket().status == "accepted"


def test_a_category_that_wants_a_photo_after_the_work_gets_one(bench: Bench) -> None:
    bench.file(category="garbage")
    bench.act(EASTERN, Action.ACCEPT)

    with pytest.raises(Invalid, match="整改后的照片") as refused:
        bench.act(EASTERN, Action.RESOLVE, note="清了", outcome="rectified")
    bench.database.write_now(
        lambda unit: bench.casework.attach(unit, EASTERN, "GX20261124-0001", "after", (PHOTO,), NOW)
    )
    ticket = bench.act(EASTERN, Action.RESOLVE, note="清了", outcome="rectified")

    assert refused.value.field == "photos"
    assert ticket.status == "resolved"


def test_the_photo_of_work_that_did_not_hold_proves_nothing_the_next_time(bench: Bench) -> None:
    bench.file(category="garbage")
    bench.act(EASTERN, Action.ACCEPT)
    bench.act(EASTERN, Action.RESOLVE, note="清了", outcome="rectified", photos=(PHOTO,))
    later = NOW + timedelta(hours=1)
    bench.act(DISPATCHER, Action.REOPEN, at=later, note="居民说没清")
    bench.act(EASTERN, Action.ACCEPT, at=later)

    with pytest.raises(Invalid, match="整改后的照片"):
        bench.act(EASTERN, Action.RESOLVE, at=later, note="清了", outcome="rectified")


def test_a_ticket_holds_only_so_many_photos(bench: Bench) -> None:
    bench.file()

    with pytest.raises(Invalid) as refused:
        bench.database.write_now(
            lambda unit: bench.casework.attach(unit, EASTERN, "GX20261124-0001", "after", (PHOTO,) * 21, NOW)
        )

    assert refused.value.field == "photos"


def test_whose_ticket_was_merged_hears_of_the_result_of_the_other(bench: Bench) -> None:
    bench.file()
    bench.file("GX20261124-0002")
    bench.act(EASTERN, Action.MERGE, "GX20261124-0002", into="GX20261124-0001")
    bench.act(EASTERN, Action.ACCEPT)

    bench.act(EASTERN, Action.RESOLVE, note="已洒水", outcome="rectified")

    assert bench.ticket("GX20261124-0002").status == "merged"
    assert bench.heard("GX20261124-0002") == [
        "您的诉求 GX20261124-0002 与 GX20261124-0001 是同一问题，已合并办理，有结果会一并告诉您。",
        "您的诉求 GX20261124-0002（已并入 GX20261124-0001）由东街道办结：已洒水",
    ]
    assert [entry.action for entry in bench.history()] == ["file", "merged_in", "accept", "resolve"]


def test_whose_ticket_was_merged_twice_over_hears_of_the_result_too(bench: Bench) -> None:
    for number in ("GX20261124-0001", "GX20261124-0002", "GX20261124-0003"):
        bench.file(number)
    bench.act(EASTERN, Action.MERGE, "GX20261124-0003", into="GX20261124-0002")
    bench.act(EASTERN, Action.MERGE, "GX20261124-0002", into="GX20261124-0001")
    bench.act(EASTERN, Action.ACCEPT)

    bench.act(EASTERN, Action.RESOLVE, note="已洒水", outcome="rectified")

    words = "您的诉求 {}（已并入 GX20261124-0001）由东街道办结：已洒水"
    for number in ("GX20261124-0002", "GX20261124-0003"):
        assert bench.heard(number)[-1] == words.format(number)


def test_whose_ticket_was_merged_hears_that_the_other_was_refused(bench: Bench) -> None:
    bench.file()
    bench.file("GX20261124-0002")
    bench.act(EASTERN, Action.MERGE, "GX20261124-0002", into="GX20261124-0001")

    bench.act(DISPATCHER, Action.REJECT, note="属法院管辖")

    assert bench.heard("GX20261124-0002")[-1].startswith(
        "您的诉求 GX20261124-0002 不在受理范围，原因：属法院管辖"
    )


@pytest.mark.parametrize("into", ["GX20261124-0001", "GX20261124-0009", "GX20261124-0003", "\x00", "x"])
def test_a_ticket_is_merged_only_into_another_open_one_of_the_same_office(bench: Bench, into: str) -> None:
    bench.file()
    bench.file("GX20261124-0003", owner=WEST, office=WEST)

    with pytest.raises(Invalid) as refused:
        bench.act(EASTERN, Action.MERGE, into=into)

    assert refused.value.field == "into"


def test_nothing_is_merged_into_what_is_over(bench: Bench) -> None:
    bench.file()
    bench.file("GX20261124-0002")
    bench.act(DISPATCHER, Action.REJECT, "GX20261124-0002", note="属邻里纠纷")

    with pytest.raises(Invalid, match="已经不予受理"):
        bench.act(DISPATCHER, Action.MERGE, into="GX20261124-0002")


def test_what_was_refused_by_mistake_comes_back_to_the_desk(bench: Bench) -> None:
    bench.file()
    bench.act(DISPATCHER, Action.REJECT, note="属邻里纠纷")

    ticket = bench.act(DISPATCHER, Action.REOPEN, note="核实属扬尘")
    again = bench.act(DISPATCHER, Action.REASSIGN, office=EAST)

    assert (ticket.number, again.status, again.owner) == ("GX20261124-0001", "dispatched", EAST)
    assert again.due_at is not None
    assert "已重新受理" in bench.heard()[-2]


def test_the_desk_sends_a_closed_ticket_back_to_work(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)
    bench.act(EASTERN, Action.RESOLVE, note="好了", outcome="rectified")
    bench.act(DISPATCHER, Action.CLOSE)

    ticket = bench.act(DISPATCHER, Action.REOPEN, note="复查没有覆盖")

    assert (ticket.status, ticket.reopened, ticket.outcome, ticket.answer) == ("dispatched", 1, "", "")
    assert ticket.promised_at == ticket.due_at
    assert bench.notices("console", EAST)[-1].text.startswith(
        "工单 GX20261124-0001 由调度台退回重办：复查没有覆盖。"
    )


def test_a_corrected_category_brings_its_regulators_and_is_told(bench: Bench) -> None:
    bench.file(also=["smoke", "none"])

    ticket = bench.act(EASTERN, Action.CORRECT, category="smoke", place="北门烧烤店", community="1001001002")

    assert (ticket.category, ticket.also, ticket.industry) == ("smoke", ["none"], "ecology")
    assert (ticket.place, ticket.community) == ("北门烧烤店", "1001001002")
    assert bench.heard() == ["您的诉求 GX20261124-0001 的类别已更正为“油烟”。"]


def test_a_corrected_place_is_nothing_to_tell(bench: Bench) -> None:
    bench.file()

    bench.act(EASTERN, Action.CORRECT, place="北门工地东侧")

    assert bench.heard() == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "category"),
        ({"category": "wind"}, "category"),
        ({"also": ("wind",)}, "also"),
        ({"community": "1002001001"}, "community"),
    ],
)
def test_a_wrong_correction_names_its_field(bench: Bench, fields: dict[str, object], named: str) -> None:
    bench.file()

    with pytest.raises(Invalid) as refused:
        bench.act(EASTERN, Action.CORRECT, **fields)

    assert refused.value.field == named


def test_the_slower_of_two_is_told_so_and_nothing_is_kept(bench_anywhere: Bench) -> None:
    seen = bench_anywhere.ticket(bench_anywhere.file()).version
    bench_anywhere.act(EASTERN, Action.ACCEPT)

    with pytest.raises(Outdated) as refused:
        bench_anywhere.act(EASTERN, Action.RETURN, note="不归我们", version=seen)

    assert refused.value.version == bench_anywhere.ticket().version
    assert bench_anywhere.ticket().status == "accepted"
    assert bench_anywhere.notices("console", DESK) == []


def test_another_office_does_not_learn_that_the_ticket_exists(bench: Bench) -> None:
    bench.file()

    with pytest.raises(Unknown) as hidden:
        bench.act(WESTERN, Action.ACCEPT)
    with pytest.raises(Unknown) as missing:
        bench.database.write_now(
            lambda unit: bench.casework.attach(unit, WESTERN, "GX20261124-0099", "after", (), NOW)
        )

    assert str(hidden.value) == str(missing.value)


@pytest.mark.parametrize("action", [Action.REASSIGN, Action.REJECT, Action.REOPEN, Action.CLOSE])
def test_what_is_the_desks_is_not_done_by_an_office(bench: Bench, action: Action) -> None:
    bench.file()

    with pytest.raises(Forbidden, match="由调度台办理"):
        bench.act(EASTERN, action, office=WEST, note="理由")


def test_a_leader_only_reads(bench: Bench) -> None:
    bench.file()

    with pytest.raises(Forbidden, match="只能查看"):
        bench.act(LEADER, Action.ACCEPT)


def test_an_office_whose_ground_it_is_does_not_act_for_the_owner(bench: Bench) -> None:
    bench.file(owner="construction")

    with pytest.raises(Forbidden, match="不在本单位名下"):
        bench.act(EASTERN, Action.ACCEPT)


def test_the_desk_does_not_return_to_itself(bench: Bench) -> None:
    bench.file(owner=DESK)

    with pytest.raises(Forbidden, match="直接改派"):
        bench.act(DISPATCHER, Action.RETURN, note="退")


OFFICERS = set(Action) - RESIDENT_ACTIONS
FIELDS = {
    "note": "说明",
    "office": WEST,
    "outcome": "rectified",
    "into": "GX20261124-0002",
    "category": "smoke",
}


@pytest.mark.parametrize("status", list(Status))
def test_the_desk_can_do_in_each_state_what_its_life_allows_and_no_more(bench: Bench, status: Status) -> None:
    bench.file("GX20261124-0002")
    done = {}

    for at, action in enumerate(sorted(OFFICERS), 100):
        number = bench.put(status, f"GX20261124-0{at}")
        try:
            done[action] = bench.act(DISPATCHER, action, number, **FIELDS).status
        except Conflict:
            assert bench.ticket(number).status == status

    assert done == {
        action: after for (before, action), after in MOVES.items() if before == status and action in OFFICERS
    }


def test_a_ticket_typed_in_for_nobody_is_worked_without_notices(bench: Bench) -> None:
    bench.file()

    def forget(unit: Unit) -> None:
        ticket = unit.tickets.by_number("GX20261124-0001")
        assert isinstance(ticket, Ticket)
        ticket.resident_id = None
        unit.tickets.save(ticket)

    bench.database.write_now(forget)
    bench.act(EASTERN, Action.ACCEPT)

    assert bench.ticket().told_at is None
    assert bench.heard() == []


def test_the_zone_says_how_long_an_extension_and_a_pause_are_by_default(bench: Bench) -> None:
    bench.file()
    bench.act(EASTERN, Action.ACCEPT)

    extended = bench.act(EASTERN, Action.EXTEND, note="等设备").due_at
    parked = bench.act(EASTERN, Action.HOLD, note="等资金").hold_until

    assert extended == datetime(2026, 12, 8, 9, 30, tzinfo=UTC)
    assert parked == NOW + timedelta(days=small_zone().limits.hold_days)
