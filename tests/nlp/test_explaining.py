import pytest

from nlp import Analyser, Gazetteer, load_lexicon
from nlp.explaining import Explainer
from tests.nlp.small import explainer

LETTERS = (
    "楼下烧烤店油烟太大，没法开窗",
    "工地半夜还在打桩，吵得睡不着，灰尘也大",
    "河水发黑发臭，上游有厂排污水",
    "请问公积金怎么提取",
    "没有油烟了，谢谢",
    "",
    "😀" * 50,
)


def test_the_words_that_spoke_are_told_loudest_first():
    found = explainer().explain("烧烤店油烟大")

    assert (found.primary, found.decided) == ("oil_fume", True)
    assert [(pull.word, pull.key) for pull in found.pulls] == [
        ("油烟", "油烟"),
        ("烧烤店+油烟", "餐馆+油烟"),
        ("烧烤店", "餐馆"),
    ]


def test_where_each_word_stands_is_told():
    found = explainer().explain("香烟味，烧烤店没有油烟了")

    shown = [(found.text[one.start : one.end], one.taken_back) for one in found.found]
    assert shown == [("香烟", True), ("烧烤店", False), ("油烟", True)]


def test_a_text_without_a_known_word_is_not_decided():
    found = explainer().explain("请问公积金")

    assert (found.primary, found.decided, found.found, found.pulls) == ("none", False, (), ())


def test_the_explanation_is_that_of_the_analyser():
    lexicon = load_lexicon()
    analyser, packaged = Analyser(lexicon, Gazetteer(())), Explainer(lexicon)

    for letter in LETTERS:
        said, told = analyser.analyse(letter), packaged.explain(letter)

        assert (told.text, told.primary, told.confidence) == (said.text, said.primary, said.confidence)
        for piece in said.why:
            spoke = [pull.weight for pull in told.pulls if (pull.word, pull.code) == (piece.word, piece.code)]
            assert sum(spoke) == pytest.approx(piece.weight, abs=0.03), letter
