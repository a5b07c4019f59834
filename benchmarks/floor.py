"""The floor: what aiohttp and wechatpy take for a push in safe mode when nothing at all is done with it.

``python -m benchmarks.floor PORT``: verify, decrypt, parse, and answer a constant, encrypted.
"""

import sys

from aiohttp import web
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from tests.acceptance.configuration import ACCOUNT

ANSWER = "收到"


def application() -> web.Application:
    """Return the least application that is still a chat bot."""
    crypto = WeChatCrypto(ACCOUNT.token, ACCOUNT.key, ACCOUNT.appid)

    async def push(request: web.Request) -> web.Response:
        query = request.query
        nonce, stamp = query["nonce"], query["timestamp"]
        xml = crypto.decrypt_message(await request.read(), query["msg_signature"], stamp, nonce)
        reply = TextReply(message=parse_message(xml), content=ANSWER).render()
        return web.Response(text=crypto.encrypt_message(reply, nonce, stamp), content_type="application/xml")

    async def ready(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application()
    app.add_routes([web.post("/wechat", push), web.get("/readyz", ready)])
    return app


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
