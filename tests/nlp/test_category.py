import pytest

from nlp.category import Categoriser, lead_end
from nlp.segment import Segmenter
from nlp.words import WordFinder


@pytest.fixture(scope="module")
def verdict(lexicon):
    finder, categories = WordFinder(lexicon.groups, Segmenter()), Categoriser(lexicon)

    def judge(text):
        return categories.judge(categories.signs(text, finder.find(text), lead_end(text)))

    return judge


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("楼下烧烤店油烟熏人", "oil_fume"),
        ("渣土车扬尘满天", "dust"),
        ("河水发黑发臭", "black_water"),
        ("化粪池污水外溢", "sewage"),
        ("化工厂排放刺鼻废气", "waste_gas"),
        ("锅炉烧煤冒黑烟", "coal_smoke"),
        ("有人露天焚烧垃圾", "open_burning"),
        ("半夜燃放烟花爆竹", "fireworks"),
        ("工地夜间施工噪音扰民", "noise"),
        ("养猪场臭气熏天", "livestock"),
        ("垃圾成堆没人清理", "garbage"),
        ("小贩占道经营", "city_order"),
        ("单位拖欠工资", "none"),
        ("抽烟的人买香烟，烟草店的价格涨了", "none"),
    ],
)
def test_a_plain_complaint_has_its_category(verdict, text, code):
    assert verdict(text).primary == code


def test_a_second_nuisance_is_told_beside_the_first(verdict):
    found = verdict("楼下夜宵店油烟大，噪音也吵得睡不着")

    assert {found.primary, *found.also} >= {"oil_fume", "noise"}


def test_the_words_that_decided_are_told_with_their_weight(verdict):
    found = verdict("楼下饭店油烟直排")

    assert all(evidence.code == "oil_fume" and evidence.weight > 0 for evidence in found.why)
    assert [evidence.weight for evidence in found.why] == sorted((e.weight for e in found.why), reverse=True)


@pytest.mark.parametrize("text", ["现在没有油烟了", "油烟没有了", "噪音消失了"])
def test_a_nuisance_taken_back_does_not_count(verdict, text):
    assert verdict(text).primary == "none"


def test_a_missing_device_is_no_negation(verdict):
    assert verdict("饭店没有油烟净化器，油烟直排").primary == "oil_fume"


def test_a_text_without_any_word_rests_on_the_bias_alone(verdict, lexicon):
    found = verdict("嗯")

    assert found.primary == max(lexicon.bias, key=lexicon.bias.__getitem__)
    assert found.why == ()


def test_confidences_are_shares(verdict):
    for text in ("", "油烟", "噪音和油烟和污水和垃圾"):
        assert 0 < verdict(text).confidence <= 1


def test_a_word_said_a_thousand_times_is_soon_done(verdict):
    assert verdict("噪音" * 1000 + "施工" * 1000).primary == "noise"


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("投诉烧烤店油烟扰民\n正文在此", "投诉烧烤店油烟扰民"),
        ("投诉烧烤店油烟扰民  正文在此", "投诉烧烤店油烟扰民"),
        ("投诉烧烤店油烟扰民！正文在此", "投诉烧烤店油烟扰民"),
        ("太吵！烧烤店油烟扰民。正文", "太吵！烧烤店油烟扰民"),
        ("无标点" * 30, ("无标点" * 15)),
        ("短", "短"),
    ],
)
def test_the_lead_is_the_title_or_first_sentence(text, lead):
    assert text[: lead_end(text)] == lead
