import pytest

from nlp import Analyser, Entry, Gazetteer, Lexicon, load_lexicon

HUAXING = "430476001"

ENTRIES = (
    Entry("蒸湘区", "district", district="430408"),
    Entry("雁峰区", "district", district="430406"),
    Entry("华兴街道", "street", office=HUAXING, district="430476", aliases=("华兴街道办", "华兴办事处")),
    Entry("红湘街道", "street", office="430408003", district="430408"),
    Entry("富民花苑", "estate", office=HUAXING, district="430476", aliases=("富民小区",)),
    Entry("金柘小区", "estate", office=HUAXING, district="430476"),
    Entry("蒸水苑", "estate", office=HUAXING, district="430476"),
    Entry("三泰农贸市场", "market", office=HUAXING, district="430476", aliases=("三泰市场",)),
    Entry("平湖公园", "park", office=HUAXING, district="430476"),
    Entry("蒸水河", "river"),
    Entry("阳光花园", "estate", office=HUAXING, district="430476"),
    Entry("阳光花园", "estate", office="430408003", district="430408"),
    Entry("红湘社区", "community", office="430408003", community="430408003002", district="430408"),
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def analyser(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon, Gazetteer(ENTRIES))
