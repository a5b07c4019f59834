import pytest
from pydantic import ValidationError

from bot.delivery.templates import Filled, Templates
from bot.settings import Wechat

DATA = {"number": "GX-0001", "note": "已受理"}


def test_a_kind_of_its_own_comes_before_the_default():
    templates = Templates(
        {"default": "T0", "accepted": "T1"}, {"default": {"thing1": "note"}, "accepted": {"thing9": "number"}}
    )

    assert templates.filled("accepted", DATA) == Filled("T1", {"thing9": "GX-0001"})
    assert templates.filled("progress", DATA) == Filled("T0", {"thing1": "已受理"})


def test_a_template_without_fields_of_its_own_takes_the_defaults():
    templates = Templates({"accepted": "T1"}, {"default": {"thing1": "note"}})

    assert templates.filled("accepted", DATA) == Filled("T1", {"thing1": "已受理"})


def test_what_a_notice_does_not_know_is_left_to_the_channel_to_fill():
    templates = Templates({"default": "T0"}, {"default": {"thing1": "owner"}})

    assert templates.filled("accepted", DATA) == Filled("T0", {"thing1": ""})


@pytest.mark.parametrize(
    ("ids", "fields"),
    [({}, {}), ({"default": "T0"}, {}), ({}, {"default": {"thing1": "note"}}), ({"default": ""}, {})],
)
def test_half_a_template_is_none(ids, fields):
    assert Templates(ids, fields).filled("accepted", DATA) is None


def test_a_field_that_no_notice_has_is_a_mistake_in_the_settings():
    with pytest.raises(ValidationError, match="template_fields"):
        Wechat(template_fields={"default": {"thing1": "nonsense"}})
