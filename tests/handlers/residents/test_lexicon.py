"""What a ticket keeps of how it was read, so that a wrong reading can be found later."""

import pytest

from tests.handlers.residents.world import GARDEN, Chat


@pytest.fixture
def talk(sqlite_database) -> Chat:
    return Chat(sqlite_database)


def test_a_ticket_keeps_the_lexicon_that_read_it_and_its_first_category(talk):
    talk.report("春江花园油烟大", "oil_fume", GARDEN, lexicon=7)

    (ticket,) = talk.tickets
    assert (ticket.lexicon_version, ticket.first_category, ticket.corrected_at) == (7, "oil_fume", None)


def test_a_report_of_several_messages_keeps_the_lexicon_that_read_it_last(talk):
    talk.report("油烟大", "oil_fume", lexicon=7)
    talk.say("春江花园", "unclear", "none", GARDEN, lexicon=8)

    (ticket,) = talk.tickets
    assert (ticket.lexicon_version, ticket.first_category) == (8, "oil_fume")


def test_a_resident_who_puts_the_category_right_leaves_a_mark(talk):
    talk.report("春江花园烟大", "oil_fume", GARDEN)
    talk.say("不是餐饮油烟，是噪声", "correction", "noise")

    (ticket,) = talk.tickets
    assert (ticket.first_category, ticket.category, ticket.corrected_at) == ("oil_fume", "noise", talk.now)
