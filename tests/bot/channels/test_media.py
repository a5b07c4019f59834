import io

import pytest
from aiohttp import web

from bot.channels import ChannelError, Fetched, Reaction
from bot.channels import calls as module

GET = "/cgi-bin/media/get"
JPEG = b"\xff\xd8\xff\xe0 not a whole picture"


def picture() -> web.Response:
    return web.Response(body=JPEG, content_type="image/jpeg")


async def failing(work) -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        await work
    return raised.value


async def test_a_photo_comes_as_it_is(client, platform):
    platform.answers(GET, picture)

    fetched = await client.fetch_media("m 1/+")

    assert fetched == Fetched(JPEG, "image/jpeg")
    assert platform.calls_to(GET)[0].query == {"access_token": "token-1", "media_id": "m 1/+"}


async def test_an_error_in_json_with_status_200_is_an_error(client, platform):
    platform.answers(GET, {"errcode": 40007, "errmsg": "invalid media_id rid: 7c"})

    failure = await failing(client.fetch_media("gone"))

    assert (failure.code, failure.reaction, failure.rid) == (40007, Reaction.OUR_FAULT, "7c")


async def test_an_error_that_is_labelled_as_a_picture_is_still_an_error(client, platform):
    platform.answers(GET, lambda: web.Response(body=b'{"errcode":40007}', content_type="image/jpeg"))

    assert (await failing(client.fetch_media("gone"))).code == 40007


async def test_a_stale_token_is_renewed_for_media_too(client, platform):
    platform.answers(GET, {"errcode": 42001, "errmsg": "expired"}, picture)

    assert (await client.fetch_media("m1")).content == JPEG
    assert [call.query["access_token"] for call in platform.calls_to(GET)] == ["token-1", "token-2"]


async def test_a_video_is_followed_to_its_address_without_the_token(client, platform, server):
    platform.answers(GET, {"video_url": str(server.make_url("/video?vid=1"))})
    platform.answers("/video", lambda: web.Response(status=302, headers={"Location": "/film"}))
    platform.answers(
        "/film", lambda: web.Response(body=b"\x00\x00\x00\x18ftypmp42", content_type="video/mp4")
    )

    fetched = await client.fetch_media("m1")

    assert fetched == Fetched(b"\x00\x00\x00\x18ftypmp42", "video/mp4")
    assert platform.calls_to("/video")[0].query == {"vid": "1"}


@pytest.mark.parametrize("answer", [{"video_url": "file:///etc/passwd"}, {"video_url": 7}, {}])
async def test_a_video_without_a_web_address_is_unreadable(client, platform, answer):
    platform.answers(GET, answer)

    assert (await failing(client.fetch_media("m1"))).reaction is Reaction.RETRY


async def test_a_film_that_is_gone_is_not_asked_for_again(client, platform, server):
    platform.answers(GET, {"video_url": str(server.make_url("/video"))})
    platform.answers("/video", lambda: web.Response(status=404))

    assert (await failing(client.fetch_media("m1"))).reaction is Reaction.OUR_FAULT
    assert len(platform.calls_to("/video")) == 1


async def test_media_over_the_limit_is_left_and_not_asked_for_again(client, platform, monkeypatch):
    monkeypatch.setattr(module, "MEDIA_LIMIT_BYTES", 100_000)
    platform.answers(GET, lambda: web.Response(body=io.BytesIO(b"\xff" * 100_001), content_type="image/jpeg"))

    failure = await failing(client.fetch_media("m1"))

    assert (failure.reaction, failure.detail) == (Reaction.OUR_FAULT, "too large")
    assert len(platform.calls_to(GET)) == 1


async def test_media_of_exactly_the_limit_is_taken(client, platform, monkeypatch):
    monkeypatch.setattr(module, "MEDIA_LIMIT_BYTES", 100_000)
    platform.answers(GET, lambda: web.Response(body=io.BytesIO(b"\xff" * 100_000), content_type="image/jpeg"))

    assert len((await client.fetch_media("m1")).content) == 100_000


async def test_a_download_that_breaks_off_is_tried_again(client, platform):
    def broken() -> web.Response:
        response = web.Response(body=JPEG, content_type="image/jpeg")
        response.headers["Content-Length"] = "5000"
        response.force_close()
        return response

    platform.answers(GET, broken, picture)

    assert (await client.fetch_media("m1")).content == JPEG


async def test_media_that_hangs_is_tried_again(connect, platform):
    platform.answers(GET, "hang", picture)

    assert (await connect(media_timeout_seconds=0.2).fetch_media("m1")).content == JPEG
