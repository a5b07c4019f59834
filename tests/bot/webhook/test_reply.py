from datetime import UTC, datetime

import pytest
import xmltodict

from bot.webhook.reply import render
from handlers.residents.incoming import Incoming, Kind, Reply

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ASKED = Incoming(key="1", kind=Kind.TEXT, openid="oA", account="gh_1", sent_at=NOW)


def content(text: str, limit_bytes: int = 2048) -> str:
    return xmltodict.parse(render(ASKED, Reply(text), NOW, limit_bytes))["xml"]["Content"]


@pytest.mark.parametrize(
    "text", ["a]]>b", "]]>", "]]]]>>", "<a href='x'>查看</a> & 更多", "一\n二", "{braces}"]
)
def test_any_text_arrives_as_written(text):
    assert content(text) == text


def test_characters_that_xml_cannot_carry_are_left_out():
    assert content("a\x00b\x0bc\ud800d\ufffee") == "abcde"


def test_a_long_text_is_cut_between_characters_with_a_mark():
    cut = content("油" * 700)

    assert cut == "油" * 681 + "…"
    assert len(cut.encode()) <= 2048


def test_the_limit_is_a_setting():
    assert content("油烟扰民", limit_bytes=9) == "油烟…"


def test_a_text_of_exactly_the_limit_is_whole():
    assert content("a" * 2048) == "a" * 2048
