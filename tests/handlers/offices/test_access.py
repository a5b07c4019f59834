"""Who sees and does what."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.offices.access import Officer, Role, may_act, may_see, offered, scope
from handlers.rules.lifecycle import Action
from handlers.rules.zone import DESK
from handlers.telling import LEADERS
from storage.models import Ticket
from tests.clock import TUESDAY_MORNING as NOW
from tests.handlers.offices import bench as people
from tests.handlers.offices.bench import EAST, WEST, Bench

EVERYBODY = (
    people.DISPATCHER,
    people.EASTERN,
    people.WESTERN,
    people.BUILDERS,
    people.ECOLOGY,
    people.LEADER,
    people.ADMIN,
)
UNITS = [DESK, EAST, WEST, "construction", "ecology"]


def ticket(**values: object) -> Ticket:
    given = {"owner": EAST, "office": EAST, "industry": "construction", "comprehensive": "ecology"} | values
    return Ticket(
        number="GX20261124-0001",
        status="accepted",
        category="dust",
        created_at=NOW,
        moved_at=NOW,
        limit_from=NOW,
        **given,
    )


def test_the_list_shows_exactly_what_may_be_seen(bench_anywhere: Bench) -> None:
    places = [(owner, office) for owner in UNITS for office in ("", EAST, WEST)]
    for at, (owner, office) in enumerate(places, 1):
        regulators = {"industry": UNITS[at % 5], "comprehensive": UNITS[(at + 2) % 5]}
        bench_anywhere.file(f"GX20261124-{at:04}", owner=owner, office=office, **regulators)

    for officer in EVERYBODY:
        page = bench_anywhere.database.read_now(
            lambda unit, who=officer: unit.tickets.search(replace(scope(who), size=99))
        )
        shown = {found.number for found in page.items}
        everything = bench_anywhere.database.read_now(
            lambda unit: unit.tickets.search(scope(people.LEADER))
        ).items
        assert shown == {found.number for found in everything if may_see(officer, found)}, officer.name


@given(
    officer=st.sampled_from(EVERYBODY),
    action=st.sampled_from(list(Action)),
    owner=st.sampled_from(UNITS),
    office=st.sampled_from(["", EAST, WEST]),
)
def test_nobody_acts_on_what_they_may_not_see(
    officer: Officer, action: Action, owner: str, office: str
) -> None:
    row = ticket(owner=owner, office=office)

    assert not may_act(officer, row, action) or may_see(officer, row)


def test_a_department_sees_what_it_regulates_and_acts_on_what_it_owns() -> None:
    regulated, owned = ticket(), ticket(owner="construction")

    assert may_see(people.BUILDERS, regulated)
    assert not may_act(people.BUILDERS, regulated, Action.PROGRESS)
    assert may_act(people.BUILDERS, owned, Action.PROGRESS)


@pytest.mark.parametrize("action", [Action.RATE, Action.URGE, Action.WITHDRAW, Action.SUPPLEMENT])
def test_what_residents_do_is_done_by_no_officer(action: Action) -> None:
    assert not any(may_act(officer, ticket(), action) for officer in EVERYBODY)


def test_only_what_is_possible_is_offered() -> None:
    assert Action.RETURN in offered(people.EASTERN, ticket(), returns=1)
    assert Action.RETURN not in offered(people.EASTERN, ticket(returned=1), returns=1)
    assert offered(people.LEADER, ticket(), returns=1) == ()
    assert Action.REASSIGN in offered(people.ADMIN, ticket(), returns=1)


def test_everybody_has_a_mailbox() -> None:
    mailboxes = {officer.role: officer.mailbox for officer in EVERYBODY}

    assert mailboxes[Role.ADMIN] == mailboxes[Role.DISPATCHER] == DESK
    assert mailboxes[Role.LEADER] == LEADERS
    assert mailboxes[Role.DEPARTMENT] == "ecology"


def test_every_role_has_a_name() -> None:
    assert all(role.label for role in Role)
