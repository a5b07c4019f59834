"""Replay letters as chats: each title is a resident's first message, and what the bot asks is answered.

    python -m benchmarks.replay LETTERS.jsonl [--count 300] [--seed 1] [--transcripts FILE]
    python -m benchmarks.replay LETTERS.jsonl --url http://127.0.0.1:8080 --token TOKEN

LETTERS holds one JSON object a line: kind ("letter" is used), title, text, primary, also, places.
Without --url the intake runs in this process; with it, the webhook of a running service is spoken to.
"""

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.replay_channels import Channel, InProcess, Webhook, zone_of
from benchmarks.replay_resident import ELSEWHERE, NUMBER, Letter, Resident, readable

LONGEST = 8
"""Messages after which a resident gives up."""
_CATEGORY = re.compile(r"工单号 \S+?[：:]([^，。（]+)")


@dataclass(slots=True)
class Chat:
    """How one replayed letter went."""

    letter: Letter
    lines: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def sent(self) -> int:
        return len(self.lines)

    @property
    def last(self) -> str:
        return self.lines[-1][1] if self.lines else ""

    @property
    def filed(self) -> bool:
        return bool(NUMBER.search(self.last))

    @property
    def category(self) -> str:
        found = _CATEGORY.search(self.last)
        return found[1] if found else ""

    @property
    def sent_away(self) -> bool:
        return any(words in reply for _, reply in self.lines for words in ELSEWHERE)

    @property
    def elsewhere(self) -> bool:
        return not self.filed and self.sent_away

    @property
    def asked(self) -> bool:
        return self.sent > 1 or not (self.filed or self.elsewhere)


def play(channel: Channel, openid: str, letter: Letter, names: dict[str, str]) -> Chat:
    """Chat until the resident is done."""
    chat, resident = Chat(letter), Resident(letter, names)
    words: str | None = letter.title
    while words is not None and chat.sent < LONGEST:
        try:
            reply = channel.say(openid, words)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted, and the rest goes on
            chat.error = f"{type(error).__name__}: {error}"
            break
        chat.lines.append((words, reply))
        words = resident.answer(reply)
    return chat


def figures(chats: Sequence[Chat], names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is told of all chats: (what, how much)."""
    reports = [chat for chat in chats if chat.letter.is_report]
    others = [chat for chat in chats if not chat.letter.is_report]
    filed = [chat for chat in reports if chat.filed]
    right = [chat for chat in filed if chat.category == names.get(chat.letter.primary)]
    sent = sum(chat.sent for chat in filed)
    return [
        ("letters", f"{len(chats)} ({len(reports)} reports, {len(others)} others)"),
        ("reports filed within one message", _share(sum(chat.sent <= 1 for chat in filed), reports)),
        ("reports filed within two messages", _share(sum(chat.sent <= 2 for chat in filed), reports)),
        ("reports filed within three messages", _share(sum(chat.sent <= 3 for chat in filed), reports)),
        ("reports filed at all", _share(len(filed), reports)),
        ("reports asked something", _share(sum(chat.asked for chat in reports), reports)),
        ("reports first sent elsewhere", _share(sum(chat.sent_away for chat in reports), reports)),
        ("reports sent elsewhere for good", _share(sum(chat.elsewhere for chat in reports), reports)),
        ("filed reports with the labelled category", _share(len(right), filed)),
        ("messages per filed report", f"{sent / len(filed):.2f}" if filed else "-"),
        ("others filed", _share(sum(chat.filed for chat in others), others)),
        ("others sent elsewhere", _share(sum(chat.elsewhere for chat in others), others)),
        ("errors", str(sum(bool(chat.error) for chat in chats))),
    ]


def _share(count: int, whole: Sequence[Chat]) -> str:
    return f"{count / len(whole):.1%} ({count})" if whole else "-"


def transcript(number: int, chat: Chat) -> str:
    """Return a chat to be read."""
    head = f"=== {number} {chat.letter.primary}/{','.join(chat.letter.also)} {'|'.join(chat.letter.places)}"
    lines = [f"居民> {words}\n接诉> {readable(reply)}" for words, reply in chat.lines]
    return "\n".join([head, *lines, *([f"!! {chat.error}"] if chat.error else [])])


def letters(path: Path, count: int, seed: int) -> list[Letter]:
    """Return that many letters, drawn at random."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [Letter.of(row) for row in rows if row["kind"] == "letter"]
    random.Random(seed).shuffle(found)
    return found[:count]


def main() -> None:
    options = _options()
    names = {code: category.name for code, category in zone_of().categories.items()}
    drawn = letters(options.letters, options.count, options.seed)
    with Webhook(options.url, options.token) if options.url else InProcess(zone_of()) as channel:
        run = f"oReplay{random.SystemRandom().randrange(10**9):09d}"
        chats = [play(channel, f"{run}{index:05d}", letter, names) for index, letter in enumerate(drawn)]
    for what, much in figures(chats, names):
        print(f"{what:<42}{much}")
    if options.transcripts:
        text = "\n\n".join(transcript(number, chat) for number, chat in enumerate(chats))
        options.transcripts.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("letters", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--transcripts", type=Path)
    parser.add_argument("--url", default="", help="a running service; its webhook is spoken to in plain mode")
    parser.add_argument("--token", default="", help="the account's token, by which pushes are signed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
