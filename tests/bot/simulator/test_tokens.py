from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator.errors import PlatformError
from bot.simulator.tokens import Tokens

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WANTED = {"grant_type": "client_credential", "appid": "wx1", "secret": "s"}
FORCED = WANTED | {"force_refresh": True}


@pytest.fixture
def tokens() -> Tokens:
    return Tokens("wx1", "s")


def code_of(call, *args) -> int:
    with pytest.raises(PlatformError) as caught:
        call(*args)
    return caught.value.code


def test_the_stable_token_stays_the_same_until_five_minutes_before_its_end(tokens):
    first = tokens.stable(WANTED, NOW)

    later = tokens.stable(WANTED, NOW + timedelta(seconds=6899))
    renewed = tokens.stable(WANTED, NOW + timedelta(seconds=6900))

    assert later == {"access_token": first["access_token"], "expires_in": 301}
    assert renewed["access_token"] != first["access_token"]
    tokens.check(first["access_token"], NOW + timedelta(seconds=7199))


def test_a_token_ends(tokens):
    token = tokens.stable(WANTED, NOW)["access_token"]

    assert code_of(tokens.check, token, NOW + timedelta(seconds=7200)) == 42001


def test_a_forced_refresh_ends_the_last_token_at_once(tokens):
    old = tokens.stable(WANTED, NOW)["access_token"]

    new = tokens.stable(FORCED, NOW)["access_token"]

    tokens.check(new, NOW)
    assert code_of(tokens.check, old, NOW) == 40001


def test_forced_refreshes_stand_30_seconds_apart_and_20_a_day(tokens):
    tokens.stable(FORCED, NOW)

    too_soon = code_of(tokens.stable, FORCED, NOW + timedelta(seconds=29))
    for number in range(1, 20):
        tokens.stable(FORCED, NOW + timedelta(minutes=number))
    too_many = code_of(tokens.stable, FORCED, NOW + timedelta(hours=23))

    assert (too_soon, too_many) == (45011, 45009)
    tokens.stable(FORCED, NOW + timedelta(days=2))


def test_a_classic_token_lives_five_minutes_beside_its_successor(tokens):
    first = tokens.classic("wx1", "s", "client_credential", NOW)["access_token"]
    tokens.classic("wx1", "s", "client_credential", NOW)

    tokens.check(first, NOW + timedelta(seconds=299))

    assert code_of(tokens.check, first, NOW + timedelta(seconds=300)) == 42001


@pytest.mark.parametrize(
    ("wrong", "code"), [({"grant_type": "x"}, 40002), ({"appid": "x"}, 40013), ({"secret": "x"}, 40125)]
)
def test_a_wrong_credential_is_named(tokens, wrong, code):
    assert code_of(tokens.stable, WANTED | wrong, NOW) == code


def test_no_token_is_not_an_unknown_token(tokens):
    assert (code_of(tokens.check, "", NOW), code_of(tokens.check, "x", NOW)) == (41001, 40001)
