"""The page's own addresses."""

import asyncio
import json
from io import BytesIO

import aiohttp
import pytest

from tests.bot.simulator.standin import stage as set_stage
from tests.bot.simulator.standin import text_xml


async def get(stage, path, **headers):
    async with stage.http.get(f"{stage.url}/simulator/{path}", headers=headers) as response:
        return response, await response.read()


class Events:
    """Reads a stream of server-sent events."""

    def __init__(self, response):
        self._content = response.content

    async def next(self, wanted):
        """Return the data of the next event of that name."""
        async with asyncio.timeout(5):
            while True:
                name = (await self._content.readline()).decode().removeprefix("event: ").strip()
                data = (await self._content.readline()).decode().removeprefix("data: ")
                await self._content.readline()
                if name == wanted:
                    return json.loads(data)


async def test_the_page_and_all_its_files_are_served_for_a_strict_policy(stage):
    response, body = await get(stage, "")

    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert b"<style" not in body
    assert b"<script>" not in body
    assert b" style=" not in body
    for name in (
        "page.js",
        "phone.js",
        "entries.js",
        "sheets.js",
        "developer.js",
        "dom.js",
        "time.js",
        "icons.svg",
    ):
        assert (await get(stage, f"static/{name}"))[0].status == 200


async def test_no_file_names_another_host(stage):
    for name in ("page.js", "phone.js", "entries.js", "page.css", "phone.css", "icons.svg", "account.svg"):
        text = (await get(stage, f"static/{name}"))[1].decode().replace("http://www.w3.org", "")
        assert "http://" not in text
        assert "https://" not in text


@pytest.mark.parametrize("name", ["nothing.js", "..%2fpage.py", "__init__.py"])
async def test_only_the_page_s_files_are_served(stage, name):
    assert (await get(stage, f"static/{name}"))[0].status == 404


async def test_the_bare_address_leads_to_the_page(stage):
    async with stage.http.get(f"{stage.url}/simulator") as response:
        assert response.url.path == "/simulator/"
        assert response.content_type == "text/html"


async def test_events_come_live_after_a_first_picture_of_everything(stage):
    stage.account.reply = lambda push: text_xml(push, "已登记")
    async with stage.http.get(f"{stage.url}/simulator/events") as response:
        events = Events(response)
        state = await events.next("state")

        await stage.act("say", {"text": "油烟\n很大"})

        assert [person["id"] for person in state["residents"]] == ["1", "2"]
        assert (await events.next("entry"))["kind"] == "notice"
        assert (await events.next("entry"))["content"]["text"] == "已登记"
        assert (await events.next("entry"))["content"]["text"] == "油烟\n很大"


async def test_open_pages_do_not_hold_the_server_when_it_stops():
    async with aiohttp.ClientSession() as outside, asyncio.timeout(5):
        async with set_stage() as stage:
            response = await outside.get(f"{stage.url}/simulator/events")
            await Events(response).next("state")
        assert (await response.content.read()) == b""
        response.close()


async def test_the_clock_moves_and_every_page_hears_of_it(stage):
    async with stage.http.get(f"{stage.url}/simulator/events") as response:
        events = Events(response)

        answer = await stage.post("clock", {"minutes": 1440})

        assert answer["now"] == "2026-11-25T06:00:00+00:00"
        assert (await events.next("clock"))["now"] == answer["now"]


@pytest.mark.parametrize("minutes", [0, -5, 1.5, "60", None, True, 10**9, float("inf")])
async def test_the_clock_takes_whole_minutes_forward_only(stage, minutes):
    before = stage.clock.time

    answer = await stage.post("clock", {"minutes": minutes})

    assert "minutes" in answer["error"]
    assert stage.clock.time == before


async def test_a_resident_can_be_added(stage):
    added = await stage.post("residents", {"name": "赵队长"})

    await stage.act("say", {"text": "你好"}, who=added["id"])

    assert added["name"] == "赵队长"
    assert stage.account.pushes[-1]["FromUserName"] == added["openid"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("residents/1/say", {"text": " "}, 400),
        ("residents/1/say", {"text": "字" * 2001}, 400),
        ("residents/1/say", {"text": 5}, 400),
        ("residents/1/say", [], 400),
        ("residents/9/say", {"text": "你好"}, 404),
        ("residents/x/say", {"text": "你好"}, 404),
        ("residents/1/dance", {}, 404),
        ("residents/1/place", {"latitude": 91, "longitude": 0}, 400),
        ("residents/1/place", {"latitude": "a", "longitude": 0}, 400),
        ("residents/1/photo", {"sample": "猫"}, 404),
        ("residents/1/voice", {"seconds": 61}, 400),
        ("residents/1/click", {"key": "nothing"}, 404),
        ("residents/1/scan", {}, 400),
        ("trouble", {"earthquake": True}, 400),
        ("trouble", {"platform_down": "yes"}, 400),
        ("crowd", {"text": "a", "count": 201}, 400),
    ],
)
async def test_a_bad_request_gets_a_sentence(stage, path, body, status):
    async with stage.http.post(f"{stage.url}/simulator/{path}", json=body) as response:
        assert response.status == status
        assert (await response.json())["error"]
    assert not stage.account.pushes


async def test_a_photo_of_one_s_own_can_be_sent(stage):
    form = aiohttp.FormData()
    form.add_field("file", BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(2 << 20)), filename="a.png")

    async with stage.http.post(f"{stage.url}/simulator/residents/1/photo", data=form) as response:
        assert response.status == 200

    media = (await stage.chat())[-1]["content"]["media"]
    served, data = await get(stage, f"media/{media}")
    assert (served.content_type, len(data)) == ("image/png", 8 + (2 << 20))
    assert served.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("data", "status"), [(b"<script>", 415), (b"\xff\xd8\xff" + bytes(10 << 20), 413), (b"", 415)]
)
async def test_what_is_no_photo_is_not_sent(stage, data, status):
    form = aiohttp.FormData()
    form.add_field("file", BytesIO(data), filename="a.jpg")

    async with stage.http.post(f"{stage.url}/simulator/residents/1/photo", data=form) as response:
        assert response.status == status
    assert not any(push["MsgType"] == "image" for push in stage.account.pushes)


@pytest.mark.parametrize(
    ("query", "seen"), [("as=office&office=430476001", ("office", "430476001")), ("as=desk", ("desk", ""))]
)
async def test_the_console_is_opened_by_whoever_was_told_to(stage, query, seen):
    _, body = await get(stage, f"enter?{query}")

    assert (stage.entered, body) == ([seen], b"console")


async def test_there_is_no_other_role(stage):
    assert (await get(stage, "enter?as=admin"))[0].status == 400
    assert stage.entered == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_another_site_cannot_press_the_buttons(stage, headers):
    url = f"{stage.url}/simulator/clock"
    async with stage.http.post(url, json={"minutes": 60}, headers=headers) as response:
        assert response.status == 403
    assert (await get(stage, "enter?as=desk", **headers))[0].status == 403
    assert stage.entered == []


async def test_trouble_can_be_read_and_set_in_part(stage):
    await stage.post("trouble", {"window_closed": True})

    trouble = json.loads((await get(stage, "trouble"))[1])

    assert {name for name, on in trouble.items() if on} == {"window_closed"}
