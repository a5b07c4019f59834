import pytest
import yaml

from nlp import LexiconError, load_lexicon
from nlp.lexicon_file import PACKAGED, parse_lexicon

SMALL = {
    "version": "1",
    "ask_below": 0.5,
    "near": 10,
    "categories": {"noise": "噪声", "dust": "扬尘"},
    "groups": {"噪声": ["吵", "噪音"], "工地": ["工地"], "扬尘": ["扬尘"]},
    "speaks_for": {
        "noise": {"strong": ["噪声"], "medium": [], "weak": ["工地"]},
        "dust": {"strong": ["扬尘"]},
    },
    "strengths": {"strong": [0.7, 2.8, 0.7], "medium": 0.3, "weak": [0.1, 0.5], "pair": [0.3, 0.3, 0.2]},
    "pairs": [["工地", "扬尘", "dust"]],
    "negation": {"before": ["没有"], "after": ["没有了"]},
    "intents": {"progress": {"whole": ["进度"], "strong": [], "weak": []}},
    "signs": {"night": ["半夜"]},
    "places": {
        "suffixes": {"estate": ["小区"]},
        "stops": "的在",
        "stop_words": ["投诉"],
        "generic": ["我们小区"],
        "lookalikes": [["柘", "拓"]],
    },
    "bias": {"none": 1.0},
    "also": {"noise": 1.0},
    "weights": {"工地+扬尘": {"dust": [1, 2, 3]}},
}


def text_of(**changes):
    return yaml.safe_dump({**SMALL, **changes}, allow_unicode=True, sort_keys=False)


def test_the_packaged_lexicon_loads_and_speaks_of_every_category():
    lexicon = load_lexicon()

    assert set(lexicon.bias) == set(lexicon.codes)
    assert {weight.code for weights in lexicon.by_hand.values() for weight in weights} == set(lexicon.codes)


def test_a_small_lexicon_is_read():
    lexicon = parse_lexicon(text_of())

    assert lexicon.codes == ("noise", "dust", "none")
    assert lexicon.bias == {"noise": 0.0, "dust": 0.0, "none": 1.0}
    assert lexicon.weights["噪声"] == (("noise", 0.7, 2.8, 0.7, 0.0),)
    assert lexicon.weights["工地"] == (("noise", 0.1, 0.5, 0.0, 0.0),)
    assert lexicon.weights["工地+扬尘"] == (("dust", 1.0, 2.0, 3.0, 0.0),)


def test_a_file_is_read(tmp_path):
    file = tmp_path / "lexicon.yaml"
    file.write_text(text_of(version="7"), encoding="utf-8")

    assert load_lexicon(file).version == "7"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"nowhere\.yaml"):
        load_lexicon(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"wieghts": {}}, "wieghts: unknown section"),
        ({"ask_below": 2}, "ask_below: 2.0 must lie between"),
        ({"ask_below": True}, "ask_below: True must be a number"),
        ({"near": "18"}, "near: '18' must be a number"),
        ({"version": 1}, "version: 1 must be text"),
        ({"categories": []}, "categories: must be a mapping"),
        ({"categories": {1: "噪声"}}, "categories: must be a mapping"),
        ({"groups": {"噪声": "吵"}}, r"groups\.噪声: must be a list"),
        ({"groups": {**SMALL["groups"], "噪声": [True]}}, r"groups\.噪声\[1\]: True must be text"),
        ({"pairs": [["工地", "无", "dust"]]}, r"pairs\[1\]"),
        ({"pairs": [["工地", "扬尘"]]}, r"pairs\[1\]"),
        ({"weights": {"无": {}}}, r"weights\.无: no such group"),
        ({"weights": {"工地": {"smoke": 1}}}, r"weights\.工地\.smoke: no such category"),
        ({"weights": {"工地": {"dust": [1, 2, 3, 4, 5]}}}, r"weights\.工地\.dust: give one to four"),
        ({"bias": {"smoke": 1}}, r"bias\.smoke: no such category"),
        ({"speaks_for": {"noise": {"strong": ["无"]}}}, r"speaks_for\.noise\.strong: 无"),
        ({"speaks_for": {"noise": {"loud": ["噪声"]}}}, r"speaks_for\.noise\.loud: loud"),
        ({"speaks_for": {"smoke": {"strong": ["噪声"]}}}, r"speaks_for\.smoke\.strong\.smoke"),
        ({"strengths": {"strong": 1}}, r"strengths\.medium: missing"),
        ({"intents": {"progress": {"loud": []}}}, r"intents\.progress\.loud: unknown key"),
        ({"negation": {"around": []}}, r"negation\.around: unknown key"),
        ({"places": {"suffixes": {}}}, r"places\.generic: missing"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(changes, complaint):
    with pytest.raises(LexiconError, match=complaint):
        parse_lexicon(text_of(**changes))


def test_a_missing_section_is_named():
    with pytest.raises(LexiconError, match="signs: missing"):
        parse_lexicon(yaml.safe_dump({key: value for key, value in SMALL.items() if key != "signs"}))


def test_a_key_written_twice_is_an_error():
    with pytest.raises(LexiconError, match="version: written twice"):
        parse_lexicon('version: "1"\nversion: "2"\n')


@pytest.mark.parametrize("text", ["a: [", "", "[]", "a: &x 1\nb: !!python/object:os.system {}"])
def test_what_is_no_lexicon_is_an_error(text):
    with pytest.raises(LexiconError):
        parse_lexicon(text)


def test_no_word_stands_twice_in_a_group_or_intent():
    lexicon = load_lexicon(PACKAGED)

    for name, words in lexicon.groups.items():
        assert len(words) == len(set(words)), name
