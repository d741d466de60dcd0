"""One socket per browser: it asks for channels and gets hints."""

from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

from kenes.accounts import viewing
from kenes.foundation.actor import Actor
from kenes.realtime import registry
from kenes.realtime.services import group_name

MAX_CHANNELS = 50
# Channels of a person and of all staff: nobody is removed from them while the session lasts.
_OWN: Final = frozenset({"user", "staff", ""})


@lru_cache(maxsize=1)
def _actor_for_user() -> Any:
    return import_string("kenes.accounts.selectors.signed_in_actor")


def _actor_now(user_id: UUID) -> Actor | None:
    """The rights of a person at this moment, not those of when the socket was opened."""
    user = get_user_model().objects.filter(pk=user_id).first()
    return None if user is None else cast("Actor", _actor_for_user()(user))


class HintsConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """In: {"join": "case:<id>"} or {"leave": …}. Out: {"joined": …}, {"refused": …}, {"type": "case.changed", "id": …}."""

    actor: Actor
    joined: set[str]

    async def connect(self) -> None:
        self.joined = set()
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self._refuse(4401)
            return
        if await database_sync_to_async(viewing.is_open_in)(self.scope.get("session")):
            # Whoever looks through another person's eyes gets hints of nobody: not his own, not the person's.
            await self._refuse(4403)
            return
        self.actor = await database_sync_to_async(_actor_for_user())(user)
        if self.actor.held_back or not self.actor.is_signed_in:
            await self._refuse(4403)
            return
        await self.accept()
        await self._join(f"user:{self.actor.user_id}")
        if self.actor.can("staff.area"):
            await self._join("staff")

    async def _refuse(self, code: int) -> None:
        # Refused before it is accepted, a browser learns no code and tries again for ever.
        await self.accept()
        await self.close(code=code)

    async def disconnect(self, code: int) -> None:
        for channel in self.joined:
            await self.channel_layer.group_discard(group_name(channel), self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        # Empty and binary frames mean nothing here; the base class would end the socket.
        if text_data:
            await super().receive(text_data=text_data, **kwargs)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if not isinstance(content, dict):
            return
        if isinstance(channel := content.get("join"), str) and len(self.joined) < MAX_CHANNELS:
            if await self._allowed_now(channel):
                await self._join(channel)
                await self.send_json({"joined": channel})
            else:
                await self.send_json({"refused": channel[:80]})
        elif isinstance(channel := content.get("leave"), str) and channel in self.joined:
            await self._leave(channel)
        elif "ping" in content:
            await self.send_json({"pong": True})

    async def _allowed(self, channel: str) -> bool:
        if channel == "staff":
            # Joined from the start; a page that left it may come back on the same socket.
            return self.actor.can("staff.area")
        kind, _, subject = channel.partition(":")
        try:
            subject_id = UUID(subject)
        except ValueError:
            return False
        return bool(await database_sync_to_async(registry.may_listen)(self.actor, kind, subject_id))

    async def _join(self, channel: str) -> None:
        self.joined.add(channel)
        await self.channel_layer.group_add(group_name(channel), self.channel_name)

    async def hint(self, message: dict[str, Any]) -> None:
        channel = str(message.get("channel", ""))
        if channel.partition(":")[0] not in _OWN and not await self._allowed_now(channel):
            await self._leave(channel)
            return
        await self.send_json(message["hint"])

    async def _allowed_now(self, channel: str) -> bool:
        """Rights may have changed since the socket was opened: removed from a case, role or power lost."""
        actor = await database_sync_to_async(_actor_now)(self.scope["user"].pk)
        if actor is None or actor.held_back or not actor.is_signed_in:
            return False
        self.actor = actor
        return await self._allowed(channel)

    async def _leave(self, channel: str) -> None:
        self.joined.discard(channel)
        await self.channel_layer.group_discard(group_name(channel), self.channel_name)

    async def session_ended(self, message: dict[str, Any]) -> None:
        # Not 4401: the browser whose session lives on must come back; the others are refused when they try.
        await self.close(code=4000)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None
