"""What each operation does: one use case in one transaction, then its presentation."""

import re
from collections.abc import Iterator
from typing import cast

from aiohttp import web
from pydantic import BaseModel

from bot.album import Album
from bot.api import inputs, outputs
from bot.api.operations import Call, Endpoint, Operation
from bot.api.present import Presenter, categories, units
from handlers.offices import reading
from handlers.offices.casework import Casework
from handlers.offices.errors import Unknown
from handlers.rules.lifecycle import Action
from handlers.rules.zone import Zone
from storage.database import Database
from storage.tickets import Page, TicketFilter
from storage.unit import Unit

LARGEST_ID = 2**63 - 1
"""What the database's numbers can hold."""
_DIGITS = re.compile(r"[0-9]{1,19}")


class Endpoints:
    """The API's operations over their collaborators."""

    def __init__(
        self, database: Database, zone: Zone, casework: Casework, presenter: Presenter, album: Album
    ) -> None:
        self._database = database
        self._casework = casework
        self._presenter = presenter
        self._album = album
        units_found, categories_found = units(zone), categories(zone)
        self._units = outputs.Units(items=list(units_found), total=len(units_found))
        self._categories = outputs.Categories(items=list(categories_found), total=len(categories_found))

    def operations(self) -> Iterator[Operation]:
        """Return every operation of the API."""
        yield Operation("GET", "/v1/me", "me", "谁的令牌", self._me, outputs.Me)
        yield Operation("GET", "/v1/offices", "offices", "办理单位及编码", self._offices, outputs.Units)
        yield Operation(
            "GET",
            "/v1/categories",
            "categories",
            "类别、时限、办理结果",
            self._list_categories,
            outputs.Categories,
        )
        yield from self._ticket_operations()
        yield from self._notice_operations()

    def _ticket_operations(self) -> Iterator[Operation]:
        yield Operation(
            "GET", "/v1/tickets", "tickets", "工单列表，按时限先后", self._tickets, outputs.Tickets,
            query=inputs.TicketQuery, problems=(401, 422),
        )  # fmt: skip
        ticket = "/v1/tickets/{number}"
        yield Operation(
            "GET", ticket, "ticket", "一件工单", self._ticket, outputs.Ticket, problems=(401, 404)
        )
        for action, body in inputs.BODIES.items():
            yield Operation(
                "POST", f"{ticket}/{action}", f"{action}_ticket", action.label, self._acting(action),
                outputs.Ticket, body=body, problems=(400, 401, 403, 404, 409, 413, 415, 422),
            )  # fmt: skip
        for role, label in (("before", "整改前"), ("after", "整改后")):
            yield Operation(
                "POST", f"{ticket}/photos/{role}", f"add_{role}_photo", f"上传{label}照片",
                self._adding(role), outputs.Ticket, uploads=True, status=201,
                problems=(401, 403, 404, 413, 415, 422),
            )  # fmt: skip
        yield Operation(
            "GET",
            "/v1/attachments/{id}",
            "attachment",
            "照片或录音",
            self._attachment,
            None,
            problems=(401, 404),
        )

    def _notice_operations(self) -> Iterator[Operation]:
        yield Operation(
            "GET", "/v1/notices", "notices", "发送失败的通知（调度台）", self._notices, outputs.Notices,
            query=inputs.NoticeQuery, problems=(401, 403, 422),
        )  # fmt: skip
        yield Operation(
            "POST", "/v1/notices/{id}/resend", "resend_notice", "重发通知（调度台）", self._resend,
            outputs.Notice, problems=(401, 403, 404),
        )  # fmt: skip

    async def _me(self, call: Call) -> BaseModel:
        return self._presenter.me(call.officer)

    async def _offices(self, _: Call) -> BaseModel:
        return self._units

    async def _list_categories(self, _: Call) -> BaseModel:
        return self._categories

    async def _tickets(self, call: Call) -> BaseModel:
        asked = cast("inputs.TicketQuery", call.query)
        wanted = TicketFilter(
            statuses=(asked.status.value,) if asked.status else (),
            office=asked.office,
            category=asked.category,
            overdue_at=call.now if asked.overdue else None,
            words=asked.q.strip(),
            page=asked.page,
            size=asked.size,
        )

        def work(unit: Unit) -> Page:
            return reading.listed(unit, call.officer, wanted)

        page = await self._database.read(work)
        items = [self._presenter.summary(ticket, call.officer, call.now) for ticket in page.items]
        return outputs.Tickets(items=items, total=page.total, page=page.page)

    async def _ticket(self, call: Call) -> BaseModel:
        def work(unit: Unit) -> outputs.Ticket:
            found = reading.dossier(unit, call.officer, call.path["number"])
            return self._presenter.ticket(found, call.officer, call.now)

        return await self._database.read(work)

    def _acting(self, action: Action) -> Endpoint:
        async def act(call: Call) -> BaseModel:
            command = cast("inputs.Body", call.body).command(action)

            def work(unit: Unit) -> outputs.Ticket:
                ticket = self._casework.act(unit, call.officer, call.path["number"], command, call.now)
                return self._presenter.ticket(
                    reading.filed(unit, call.officer, ticket), call.officer, call.now
                )

            return await self._database.write(work)

        return act

    def _adding(self, role: str) -> Endpoint:
        async def add(call: Call) -> BaseModel:
            await self._ticket(call)  # before anything is kept for a ticket that is not theirs
            photo = await self._album.keep(cast("bytes", call.body))

            def work(unit: Unit) -> outputs.Ticket:
                number = call.path["number"]
                ticket = self._casework.attach(unit, call.officer, number, role, (photo,), call.now)
                return self._presenter.ticket(
                    reading.filed(unit, call.officer, ticket), call.officer, call.now
                )

            return await self._database.write(work)

        return add

    async def _attachment(self, call: Call) -> web.Response:
        wanted = _id(call.path["id"], "没有这个附件。")
        row = await self._database.read(lambda unit: reading.attachment(unit, call.officer, wanted))
        shown = await self._album.shown(row)
        if shown is None:
            raise Unknown("这个附件已不在档案里。")
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=shown.content, content_type=shown.content_type, headers=headers)

    async def _notices(self, call: Call) -> BaseModel:
        letters = await self._database.read(lambda unit: reading.dead_letters(unit, call.officer))
        total = await self._database.read(lambda unit: reading.dead_count(unit, call.officer))
        items = [self._presenter.notice(letter) for letter in letters]
        return outputs.Notices(items=items, total=total, page=1)

    async def _resend(self, call: Call) -> BaseModel:
        wanted = _id(call.path["id"], "没有这封通知。")
        letter = await self._database.write(lambda unit: reading.resend(unit, call.officer, wanted, call.now))
        return self._presenter.notice(letter)


def _id(text: str, sentence: str) -> int:
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST_ID:
        raise Unknown(sentence)
    return int(text)
