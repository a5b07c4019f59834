"""Sentences say what they are given, in one message, and never with a hole in them."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from handlers.texts import dialogue, moments, notices, offices
from tests.clock import TUESDAY_MORNING
from tests.handlers.rules.worlds import SHANGHAI

LONGEST_BYTES = 2048


def sentences(module: Any) -> list[Callable[..., str]]:
    made = inspect.getmembers(module, inspect.isfunction)
    return [function for name, function in made if function.__module__ == module.__name__ and name[0] != "_"]


def given(function: Callable[..., str]) -> dict[str, Any]:
    """Something to see again for each of a sentence's parts."""
    parts: dict[str, Any] = {}
    for at, (name, part) in enumerate(inspect.signature(function).parameters.items()):
        kind = str(part.annotation)
        if "Sequence" in kind:
            parts[name] = [f"选项{at}甲", f"选项{at}乙"]
        elif "int" in kind:
            parts[name] = 70 + at
        elif "bool" in kind:
            parts[name] = True
        else:
            parts[name] = f"词{at}"
    return parts


# A line of an emergency's names the number by what it is for, or else by its name.
ALL = [
    function
    for module in (dialogue, notices, offices)
    for function in sentences(module)
    if function is not dialogue.emergency_line
]


@pytest.mark.parametrize("sentence", ALL, ids=lambda function: f"{function.__module__}.{function.__name__}")
def test_every_sentence_says_all_that_it_is_given(sentence):
    parts = given(sentence)

    said = sentence(**parts)

    for part in parts.values():
        for piece in part if isinstance(part, list) else [part]:
            assert isinstance(piece, bool) or str(piece) in said
    assert len(said.encode()) <= LONGEST_BYTES
    assert not {"{", "}", "None"} & {said, *said}


@pytest.mark.parametrize(
    ("sentence", "parts", "hole"),
    [
        (dialogue.human, ("调度台", ""), "着急请拨打"),
        (dialogue.human_on, ("T1", "调度台", ""), "着急请拨打"),
        (dialogue.exported, ("今天", [], 1, 0), "、、"),
        (dialogue.progress, ("T1", "扬尘", "已派单", "东街道", "", ""), "最新"),
        (notices.follow_up, ("T1", "东街道", "挂账", ""), "前办结"),
        (offices.reopened_ticket, ("T1", "", "明天"), "：，"),
    ],
)
def test_a_sentence_does_without_what_is_not_known(sentence, parts, hole):
    assert hole not in sentence(*parts)


def test_constants_are_whole_sentences():
    constants = [value for name, value in vars(dialogue).items() if name.isupper() and isinstance(value, str)]

    assert all(0 < len(value.encode()) <= LONGEST_BYTES for value in constants)


def test_a_choice_carries_its_words_and_its_id_where_the_phone_finds_them():
    assert moments.tappable("满 意", "12") == (
        '<a href="weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%20%E6%84%8F&msgmenuid=12">满 意</a>'
    )


def test_moments_read_as_people_say_them():
    assert moments.day_and_time(TUESDAY_MORNING, SHANGHAI) == "11月24日（周二）10:00"


def test_a_brief_text_is_one_line_of_that_length():
    assert moments.brief("灰\n很大 ", 10) == "灰 很大"
    assert moments.brief("灰" * 20, 10) == "灰" * 9 + "…"


def test_a_note_loses_the_stop_at_its_end_only():
    assert moments.bare("已清运。明天复查。") == "已清运。明天复查"
