from tests.nlp.conftest import HUAXING


def test_a_report_tells_category_place_office_and_why(analyser):
    found = analyser.analyse("富民花苑3栋楼下烧烤店油烟太大,没法开窗")

    assert (found.intent, found.primary) == ("report", "oil_fume")
    assert found.places[0].text == "富民花苑3栋"
    assert found.office == HUAXING
    assert "油烟" in {evidence.word for evidence in found.why}


def test_a_ticket_number_is_read_however_it_is_typed(analyser):
    for typed in ("GX20261124-0042", "gx20261124-0042", "ＧＸ２０２６１１２４－００４２", "gx 20261124 0042"):
        found = analyser.analyse(typed)

        assert (found.ticket, found.intent) == ("GX20261124-0042", "progress"), typed


def test_a_place_alone_is_unclear_and_keeps_its_place(analyser):
    found = analyser.analyse("富民花苑3栋")

    assert (found.intent, found.primary) == ("unclear", "none")
    assert found.office == HUAXING
