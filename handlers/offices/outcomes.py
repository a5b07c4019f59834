"""How a matter ended: the outcome and the measures that add up in the circulars."""

from handlers.offices.command import Command
from handlers.offices.errors import Invalid
from handlers.rules.category import Category

MOST = 1e12
"""No measure of one case counts more."""


def settled(category: Category, command: Command) -> list[list[object]]:
    """Return the measures as [code, quantity or None], the main outcome first; raises Invalid."""
    _check(category, "outcome", command.outcome)
    measures: dict[str, float | None] = {command.outcome: command.amount}
    for code, amount in command.outcomes:
        _check(category, "outcomes", code)
        # The main outcome may be listed among the measures as well; its quantity is taken from there.
        measures[code] = amount if amount is not None else measures.get(code)
    for code, amount in measures.items():
        if amount is not None and not 0 <= amount <= MOST:
            raise Invalid("amount" if code == command.outcome else "outcomes", "数量不能是负数，也不能过大。")
    return [[code, amount] for code, amount in measures.items()]


def _check(category: Category, field: str, code: str) -> None:
    if category.outcome(code) is None:
        choices = "、".join(f"{outcome.code}（{outcome.label}）" for outcome in category.outcomes)
        raise Invalid(field, f"{category.name}没有结果“{code}”；可选：{choices}。")
