"""The tie between a resident and the account: following, and pushes with their answers."""

from typing import Any

from bot.simulator import pushes
from bot.simulator.chats import Side
from bot.simulator.courier import Courier, show
from bot.simulator.replies import Answer
from bot.simulator.residents import Follows, Resident
from bot.simulator.world import World


class Contact:
    """Carries what residents do to the account, and shows what it answers."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    async def follow(self, resident: Resident, scene: str = "") -> Answer:
        """Follow the account, by a poster when a scene is given; a second follow does nothing."""
        if resident.follows is Follows.YES:
            return Answer()
        resident.follows = Follows.YES
        self.touched(resident)
        self.notice(resident, f"你已关注“{self._world.settings.name}”")
        return await self.event(resident, "关注", pushes.follow(scene, self.ticket(scene)))

    async def unfollow(self, resident: Resident) -> Answer:
        """Leave; the account may not write any more."""
        if resident.follows is not Follows.YES:
            return Answer()
        resident.follows = Follows.LEFT
        resident.window.close()
        self._world.changed(resident)
        self.notice(resident, "你已取消关注，不再接收消息")
        return await self._courier.event(resident, "取消关注", pushes.unfollow())

    async def message(
        self,
        resident: Resident,
        title: str,
        kind: str,
        fields: pushes.Fields,
        opens: bool = True,
        **shown: Any,
    ) -> Answer:
        """Show what the resident sends, push it, show the answer; ``opens``: for 48 hours more."""
        if opens:
            resident.window.wrote(self._world.now())
            self._world.changed(resident)
        self._world.say(resident, Side.RESIDENT, kind, **shown)
        return self.answered(resident, await self._courier.message(resident, title, fields))

    async def event(self, resident: Resident, title: str, fields: pushes.Fields) -> Answer:
        """Push an event and show the answer."""
        return self.answered(resident, await self._courier.event(resident, title, fields))

    def answered(self, resident: Resident, answer: Answer) -> Answer:
        """Show an answer to who still follows."""
        if resident.follows is Follows.YES:
            show(self._world, resident, answer)
        return answer

    def touched(self, resident: Resident) -> None:
        """Open a click's allowance."""
        resident.window.touched(self._world.now())
        self._world.changed(resident)

    def notice(self, resident: Resident, text: str) -> None:
        """Put a grey line into the chat."""
        self._world.say(resident, Side.SYSTEM, "notice", text=text)

    def ticket(self, scene: str) -> str:
        """Return the ticket of the code with that scene, made up for a poster printed elsewhere."""
        codes = self._world.scenes.valid(self._world.now())
        return next((ticket for ticket, made in codes.items() if made == scene), f"TICKET_{scene}")
