import pytest

from nlp import Analyser, Entry, Gazetteer, load_lexicon
from tests.nlp.conftest import ENTRIES, HUAXING


def first(analyser, text):
    return analyser.analyse(text).places[0]


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("我住在富民花苑3栋，楼下太吵", "富民花苑3栋", "estate"),
        ("A3区西湖街道茶场村五组烧垃圾", "A3区西湖街道茶场村五组", "village"),
        ("A7县诺亚山林油烟扰民", "A7县诺亚山林", "other"),
        ("投诉解放大道和船山路交叉口渣土车扬尘", "解放大道和船山路交叉口", "road"),
        ("三泰市场门口占道经营", "三泰市场", "market"),
        ("平湖公园的水发黑", "平湖公园", "park"),
        ("举报兴旺塑料厂排放废气", "兴旺塑料厂", "shop"),
        ("K 市 K2 区华源府第小区噪音扰民", "K 市 K2 区华源府第小区", "estate"),
        ("5栋楼顶养鸡", "5栋", "building"),
        ("金钟大雅9栋楼下吵", "金钟大雅9栋", "building"),
        ("新华村村口有人烧秸秆", "新华村", "village"),
        ("如何保障衡岳小学门口的安全", "衡岳小学", "school"),
        ("请加快西湖公园的建设", "西湖公园", "park"),
    ],
)
def test_a_place_is_told_as_it_was_written(analyser, text, place, kind):
    found = first(analyser, text)

    assert (found.text, found.kind) == (place, kind)


@pytest.mark.parametrize(
    "text", ["我们小区太吵", "马路上全是灰", "楼下饭店油烟大", "12月5号停电", "太吵了", "垃圾站建小区旁边"]
)
def test_what_is_no_name_is_no_place(analyser, text):
    assert analyser.analyse(text).places == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("富民小区油烟大", "富民花苑"),
        ("富名花苑油烟大", "富民花苑"),
        ("金拓小区油烟大", "金柘小区"),
        ("富民花園油煙大", "富民花苑"),
        ("蒸水苑油烟大", "蒸水苑"),
    ],
)
def test_aliases_and_near_names_are_resolved(analyser, text, name):
    assert first(analyser, text).name == name


def test_a_misspelt_name_is_less_sure_than_a_plain_one(analyser):
    assert first(analyser, "富名花苑太吵").score < first(analyser, "富民花苑太吵").score


def test_a_misspelt_district_still_tells_the_district(analyser):
    found = first(analyser, "蒸香区某某路太吵")

    assert found.district == "430408"


def test_of_two_misspelt_parts_the_more_specific_decides(analyser):
    assert first(analyser, "蒸香区富名花苑太吵").office == HUAXING


def test_a_name_in_two_offices_is_ambiguous(analyser):
    found = first(analyser, "阳光花园太吵")

    assert set(found.ambiguous) == {HUAXING, "430408003"}
    assert (found.office, found.district) == ("", "")


@pytest.mark.parametrize("text", ["红湘街道阳光花园太吵", "阳光花园太吵，在红湘街道", "蒸湘区阳光花园太吵"])
def test_the_rest_of_the_text_settles_an_ambiguous_name(analyser, text):
    found = analyser.analyse(text)

    assert found.office == "430408003"
    assert found.places[0].ambiguous == ()


def test_an_unknown_estate_in_a_known_street_goes_to_its_office(analyser):
    found = first(analyser, "华兴街道长青小区太吵")

    assert (found.text, found.name, found.office) == ("华兴街道长青小区", "", HUAXING)
    assert 0.5 < found.score < 1


def test_a_street_beside_an_unknown_estate_decides_the_office(analyser):
    assert analyser.analyse("长青小区太吵，我们这里是华兴街道").office == HUAXING


def test_a_community_is_known_without_its_ending():
    analyser_entries = [Entry("白渔潭社区", "community", office="430405007", community="430405007008")]
    finder = Gazetteer(analyser_entries)

    assert finder.find("白渔潭那边")[0].entries[0].community == "430405007008"


def test_at_most_three_places_are_told(analyser):
    text = "富民花苑、金柘小区、蒸水苑、平湖公园、三泰市场都吵"

    assert len(analyser.analyse(text).places) == 3


def test_a_full_width_text_of_the_same_length_is_told_verbatim(analyser):
    assert first(analyser, "Ａ３区西湖街道茶场村太吵").text == "Ａ３区西湖街道茶场村"


def test_an_empty_gazetteer_is_fine(lexicon):
    assert Analyser(lexicon, Gazetteer(())).analyse("富民花苑太吵").places[0].office == ""


def test_one_character_is_no_name():
    assert Gazetteer([Entry("港", "river")]).find("港") == []


def test_the_longest_known_name_wins():
    finder = Gazetteer([Entry("蒸水", "river"), Entry("蒸水苑", "estate")])

    assert [named.entries[0].name for named in finder.find("蒸水苑")] == ["蒸水苑"]


def test_entries_are_kept_for_whoever_asks():
    assert Gazetteer(ENTRIES).entries == ENTRIES


def test_a_name_of_ours_in_a_county_that_nobody_knows_is_another_place(analyser):
    found = first(analyser, "K4县石期市镇富民花苑太吵")

    assert (found.office, found.district, found.name) == ("", "", "")


def test_our_citys_own_name_before_a_place_of_ours_changes_nothing(analyser):
    assert first(analyser, "衡阳市富民花苑太吵").office == HUAXING


def test_a_road_is_not_taken_for_the_community_that_is_named_after_it():
    analyser = Analyser(
        load_lexicon(), Gazetteer([Entry("人民路社区", "community", office="1", community="2")])
    )

    assert first(analyser, "人民路渣土车掉土").community == ""
    assert first(analyser, "人民路社区渣土车掉土").community == "2"


def test_no_known_name_begins_inside_a_phrase_that_only_looks_like_it():
    analyser = Analyser(load_lexicon(), Gazetteer([Entry("联合街道", "street", office="1")]))

    assert analyser.analyse("佳境小区联合街道违建").office == ""
    assert analyser.analyse("佳境小区 联合街道有人违建").office == "1"
