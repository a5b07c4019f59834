"""The configured names as entries of the analyser's gazetteer."""

from handlers.gazetteer import entries
from nlp import Entry
from tests.handlers.rules.worlds import tree, zone


def test_every_name_that_the_configuration_knows_is_an_entry():
    districts = tree()["districts"]
    office = districts[0]["offices"][0]
    office["communities"]["1001001003"] = {"name": "冬瓜村", "estates": ["瓜园"], "aliases": ["冬瓜"]}
    office["places"] = [
        {"name": "东门市场", "kind": "market", "aliases": ["东市"], "community": "1001001001"}
    ]

    found = list(entries(zone(districts=districts)))

    assert Entry("本区", "district", district="1001") in found
    assert Entry("东街道", "street", "1001001", "", "1001") in found
    assert Entry("春社区", "community", "1001001", "1001001001", "1001") in found
    assert Entry("冬瓜村", "village", "1001001", "1001001003", "1001", ("冬瓜",)) in found
    assert Entry("瓜园", "estate", "1001001", "1001001003", "1001") in found
    assert Entry("东门市场", "market", "1001001", "1001001001", "1001", ("东市",)) in found
    assert Entry("南街道", "street", "1002001", "", "1002") in found


def test_no_name_is_told_twice():
    found = [(entry.name, entry.office, entry.kind) for entry in entries(zone())]

    assert len(found) == len(set(found))
