"""An order on its way: the call that it takes, and what to do where an account cannot do menus."""

from bot.channels import ChannelError, WeChatClient, WeComRobots, fit_text
from bot.delivery.order import CUSTOMER, ROBOT, Order
from handlers.texts import tappable

NO_MENUS = 40200
"""The platform's code for an account (a test account) that may not send menu messages."""

_NO_MARKUP = str.maketrans("<>[]*`", "＜＞［］＊｀")
"""Notices to groups are plain: what looks like markup are a resident's own words, which must neither call on
the group's members nor pass for a link of ours."""


class Sender:
    """Sends orders; raises ChannelError where one was not taken."""

    def __init__(self, wechat: WeChatClient, robots: WeComRobots, text_limit_bytes: int) -> None:
        self._wechat = wechat
        self._robots = robots
        self._limit = text_limit_bytes
        self._menus = True

    async def send(self, order: Order) -> str:
        """Send and return the platform's id of the message, "" where the way knows none."""
        if order.way == ROBOT:
            await self._robots.send_markdown(order.to, order.text.translate(_NO_MARKUP))
            return ""
        if order.way == CUSTOMER:
            await self._freely(order)
            return ""
        assert order.template is not None
        template = order.template
        # The same id for the same notice: after a crash the platform itself drops the repeat.
        sent = await self._wechat.send_template(
            order.to, template.template_id, template.fields, client_msg_id=f"notice-{order.notice_id}"
        )
        return sent.msgid

    async def _freely(self, order: Order) -> None:
        if order.choices and self._menus:
            try:
                await self._menu(order)
            except ChannelError as error:
                if error.code != NO_MENUS:
                    raise
                self._menus = False
            else:
                return
        await self._wechat.send_text(order.to, self._text(order))

    async def _menu(self, order: Order) -> None:
        head = fit_text(order.text, self._limit)
        await self._wechat.send_menu(order.to, head, list(order.choices), "")

    def _text(self, order: Order) -> str:
        links = "".join(f"\n{tappable(label, id_)}" for id_, label in order.choices)
        return fit_text(order.text, self._limit - len(links.encode())) + links
