"""A plain resident: begins with a letter's title and answers what the chat asks, as the letter would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

NUMBER = re.compile(r"[A-Z]{1,4}\d{8}-\d{4,8}")
_CHOICE = re.compile(r"^\d\. <a [^>]*>([^<]+)</a>", re.MULTILINE)
_LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]*)[^"]*">[^<]*</a>')
_SENTENCE = re.compile(r"[。！？!?\n]")
_GREETING = re.compile(
    r"^(尊敬的|敬爱的)?[^，,：:。]{0,12}(领导|书记|市长|县长|区长|局长|厅长)[^，,：:。]{0,6}[，,：:！!]\s*"
)
UNSURE = "不清楚"

WHERE = ("请问在哪里？", "还缺一个地点", "”的哪里？")
NUMBERED = "回复序号就"
ELSEWHERE = ("不归",)
INSIST = "仍要登记"
_NUMBERED = re.compile(r"(\d{1,2})([^、\d\n。]+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the resident has to say, and what readers made of it."""

    title: str
    text: str
    primary: str
    also: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Letter":
        return cls(row["title"], row["text"], row["primary"], tuple(row["also"]), tuple(row["places"]))

    @property
    def is_report(self) -> bool:
        return self.primary != "none"

    @property
    def sentence(self) -> str:
        """The first sentence of the text that says something."""
        body = _GREETING.sub("", self.text.strip())
        sentences = (piece.strip() for piece in _SENTENCE.split(body))
        return next((piece for piece in sentences if len(piece) > 5), self.title)[:200]


class Resident:
    """Answers one chat; ``names`` are the categories' names by code."""

    def __init__(self, letter: Letter, names: Mapping[str, str]) -> None:
        self._letter = letter
        self._names = names
        self._told_sentence = False

    def answer(self, reply: str) -> str | None:
        """Return what to write next, None where the chat is over for this resident."""
        away = any(words in reply for words in ELSEWHERE)
        if NUMBER.search(reply) or (away and not self._letter.is_report):
            return None
        choices = _CHOICE.findall(reply)
        if choices:
            return self._choose(choices)
        return self._number(reply) if NUMBERED in reply else self._words(reply, away=away)

    def _words(self, reply: str, *, away: bool) -> str | None:
        if any(words in reply for words in WHERE):
            return next(iter(self._letter.places), UNSURE)
        if away:
            return INSIST if INSIST in reply else None
        return self._say_more()

    def _choose(self, choices: list[str]) -> str | None:
        wanted = [self._names.get(code, "") for code in (self._letter.primary, *self._letter.also)]
        fitting = next((name for name in wanted if name in choices), None)
        return fitting or self._say_more()

    def _number(self, reply: str) -> str:
        """The number of what the letter is about in the list of everything."""
        numbers = {
            name: number
            for number, name in _NUMBERED.findall(reply.partition(NUMBERED)[2].partition("：")[2])
        }
        return numbers.get(self._names.get(self._letter.primary, ""), numbers.get("都不是", UNSURE))

    def _say_more(self) -> str | None:
        if self._told_sentence:
            return UNSURE
        self._told_sentence = True
        return self._letter.sentence


def readable(reply: str) -> str:
    """Return a reply as it looks on the phone."""
    return _LINK.sub(lambda found: f"[{unquote(found[1])}]", reply)
