from datetime import date

from handlers.rules.category import Category
from handlers.rules.legal import basis
from tests.handlers.rules.worlds import category

OLD = {"law": "大气污染防治法", "article": "第八十一条", "valid_from": "2016-01-01", "valid_to": "2026-08-14"}
NEW = {"law": "生态环境法典", "article": "第二百五十条", "valid_from": "2026-08-15"}
FUME = Category.model_validate(category(legal=[OLD, NEW]))


def law_on(day: str) -> str | None:
    found = basis(FUME, date.fromisoformat(day))
    return found.law if found else None


def test_the_last_day_of_the_old_law_is_still_its_own() -> None:
    assert law_on("2026-08-14") == "大气污染防治法"


def test_from_its_first_day_the_code_is_cited() -> None:
    assert law_on("2026-08-15") == "生态环境法典"
    assert law_on("2040-01-01") == "生态环境法典"


def test_before_any_law_none_is_cited() -> None:
    assert law_on("2015-12-31") is None


def test_a_category_without_laws_cites_none() -> None:
    assert basis(Category.model_validate(category()), date(2026, 11, 24)) is None
