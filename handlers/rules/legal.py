"""Which article is cited for an event of a given day."""

from datetime import date

from handlers.rules.category import Category, LegalBasis


def basis(category: Category, on: date) -> LegalBasis | None:
    """Return the legal basis in force on the day of the event, None where none is configured for it.

    Ten environmental laws lapsed on 2026-08-15 with the 生态环境法典; what happened before keeps the old.
    """
    for candidate in category.legal:
        if candidate.valid_from <= on and (candidate.valid_to is None or on <= candidate.valid_to):
            return candidate
    return None
