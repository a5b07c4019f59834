import pytest

from bot.channels.errors import ChannelError, Reaction
from bot.console.rendering import reason


@pytest.mark.parametrize("reaction", Reaction)
def test_every_reaction_is_told_in_words(reaction: Reaction) -> None:
    error = ChannelError(None, reaction, detail="HTTP 500")

    told = reason(f"{error} {error.detail}")

    assert told.endswith("（HTTP 500）")
    assert reaction not in told
    assert "None" not in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("40001 operator", "账号凭据、权限或白名单有问题（40001）"),
        ("None retry", "对方平台没有应答"),
        ("ValueError", "ValueError"),
        ("", ""),
    ],
)
def test_what_was_recorded_stands_behind_the_words(error: str, told: str) -> None:
    assert reason(error) == told
