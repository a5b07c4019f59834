"""Three hundred messages as residents type them: what each one wants."""

from collections import Counter
from pathlib import Path

import pytest

ROWS = [
    tuple(cell.strip() for cell in line.split("|", 2))
    for line in Path(__file__).with_name("chats.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("intent", "primary", "text"), ROWS)
def test_a_message_is_understood(analyser, intent, primary, text):
    found = analyser.analyse(text)

    assert found.intent == intent
    assert primary in {found.primary, "-"}


def test_the_table_has_twenty_messages_of_each_intent(lexicon):
    counted = Counter(intent for intent, _, _ in ROWS)

    assert set(counted) == set(lexicon.intents)
    assert min(counted.values()) >= 20
    assert sum(counted.values()) >= 300
