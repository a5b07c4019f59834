"""What becomes of reports that were merged into a ticket whose resident takes it back."""

from handlers.rules.lifecycle import Action
from handlers.rules.zone import DESK
from tests.handlers.residents.world import COURT, GARDEN, Chat

FIRST, SECOND = "GX20261124-0001", "GX20261124-0002"


def merged(chat: Chat, who: str) -> None:
    """Two reports of one matter, the first, of resident o-1, merged into the second."""
    chat.report("春江花园灰大", "dust", GARDEN)
    chat.report("阳光城灰大", "dust", COURT, who=who)
    into = next(each.id for each in chat.tickets if each.number == SECOND)
    chat.move(FIRST, Action.MERGE, merged_into=into)


def withdrawn(chat: Chat, who: str) -> None:
    chat.say("撤回", "withdraw", who=who)
    chat.say("确认撤回", who=who)


def test_another_resident_who_takes_a_report_back_does_not_end_those_merged_into_it(chat):
    merged(chat, who="o-2")

    withdrawn(chat, who="o-2")

    first, second = sorted(chat.tickets, key=lambda each: each.number)
    assert second.status == "withdrawn"
    assert (first.status, first.owner, first.merged_into) == ("returned", DESK, None)
    told = {each.address: each.text for each in chat.notices if each.ticket_id == first.id}
    assert told[DESK] == f"居民撤回了 {SECOND}，并入它的工单 {FIRST} 已恢复，请派单。"
    assert "已重新受理" in told[str(first.resident_id)]


def test_who_takes_a_report_back_means_their_own_merged_one_too(chat):
    merged(chat, who="o-1")

    withdrawn(chat, who="o-1")

    assert {each.number: each.status for each in chat.tickets} == {FIRST: "merged", SECOND: "withdrawn"}
