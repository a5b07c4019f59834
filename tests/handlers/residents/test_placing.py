"""Where a report lies, put together from several messages."""

from handlers.residents.draft import Draft
from handlers.residents.placing import PLACE_CHARACTERS, in_full, placed
from nlp import Place
from tests.handlers.residents.world import EAST, GARDEN, SPRING, STREET, UNKNOWN


def test_a_less_specific_place_fills_up_what_the_first_does_not_know():
    draft = placed(Draft(), (UNKNOWN, STREET))

    assert (draft.place, draft.office) == ("无名小区", EAST)


def test_a_district_alone_is_known_of_an_unknown_estate():
    draft = placed(Draft(), (UNKNOWN, Place("邻区", "district", "邻区", district="1002")))

    assert (draft.place, draft.office, draft.district) == ("无名小区", "", "1002")


def test_more_of_a_place_does_not_lose_its_office():
    draft = placed(placed(Draft(), (GARDEN,)), (Place("3栋", "building"),))

    assert (draft.place, draft.office, draft.community) == ("春江花园（3栋）", EAST, SPRING)


def test_a_place_named_again_is_not_written_twice():
    once = placed(Draft(), (GARDEN,))

    assert placed(once, (GARDEN,)).place == "春江花园"
    assert placed(once, (Place("春江花园3栋", "building"),)).place == "春江花园3栋"
    assert placed(placed(Draft(), (Place("春江花园3栋", "building"),)), (GARDEN,)).place == "春江花园3栋"


def test_a_place_told_in_ever_more_words_stays_short():
    draft = Draft()
    for at in range(30):
        draft = placed(draft, (Place(f"第{at}个小区", "estate"),))

    assert len(draft.place) <= PLACE_CHARACTERS


def test_an_answer_does_not_replace_a_place_that_is_known():
    draft = placed(Draft(), (GARDEN,))

    assert placed(draft, (), "菜场后面") == draft


def test_an_answer_that_is_too_long_or_knows_nothing_is_no_place():
    assert placed(Draft(), (), "很" * 41) == Draft()
    assert placed(Draft(), (), "好") == Draft()
    assert placed(Draft(), (), "不知道") == Draft()


def test_only_a_name_written_in_full_is_sure():
    assert in_full(placed(Draft(), (GARDEN,)))
    assert not in_full(placed(Draft(), (Place("人民路", "community", "人民路社区"),)))
    assert not in_full(placed(Draft(), (UNKNOWN,)))


def test_an_unknown_estate_in_a_known_district_is_not_wide():
    estate = Place("本区佳境小区", "district", "本区", EAST, "", "1001")
    building = Place("本区佳境小区22栋", "district", "本区", EAST, "", "1001")

    assert not placed(Draft(), (estate,)).wide
    assert not placed(Draft(), (building,)).wide
    assert placed(Draft(), (Place("本区", "district", "本区", EAST, "", "1001"),)).wide
