from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.residents import Follows, Residents


def test_openids_are_28_characters_and_all_different():
    residents = Residents("wx1")
    everybody = [*residents, *(residents.passer_by() for _ in range(50))]

    openids = {person.openid for person in everybody}

    assert len(openids) == 52
    assert {len(openid) for openid in openids} == {28}


def test_after_a_restart_an_openid_given_out_before_is_known_and_follows():
    before = Residents("wx1")
    third, passer_by = before.show_next(), before.passer_by()

    after = Residents("wx1")

    assert after.by_openid(third.openid).follows is Follows.YES
    assert after.by_openid(passer_by.openid).number == passer_by.number
    assert after.show_next().openid == third.openid


def test_an_openid_of_another_account_is_unknown():
    openid = next(iter(Residents("wx2"))).openid

    assert Residents("wx1").by_openid(openid) is None


@given(st.text())
def test_no_text_passes_for_an_openid_or_an_id_by_chance(text):
    residents = Residents("wx1")

    assert residents.by_openid(text) is None
    assert residents.get(text) is None or text.lstrip("0") in {"1", "2"}
