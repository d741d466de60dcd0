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
from kenes.realtime import presence, registry
from kenes.realtime.services import group_name

MAX_CHANNELS = 50
MAX_ROOMS = 10
# Channels of a person and of all staff: nobody is removed from them while the session lasts.
_OWN: Final = frozenset({"user", "staff", ""})


def room_name(name: str) -> str:
    """Presence of `case:<uuid>` as a group name the layer accepts."""
    return f"present.{group_name(name)}"


@lru_cache(maxsize=1)
def _actor_for_user() -> Any:
    return import_string("kenes.accounts.selectors.signed_in_actor")


def _actor_now(user_id: UUID) -> Actor | None:
    """The rights of a person at this moment, not those of when the socket was opened."""
    user = get_user_model().objects.filter(pk=user_id).first()
    return None if user is None else cast("Actor", _actor_for_user()(user))


class HintsConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """In: {"join": "case:<id>"} or {"leave": …}; {"present": "case:<id>", "writing": true} every few seconds, {"away": …}. Out: {"joined": …}, {"refused": …}, {"type": "case.changed", "id": …}."""

    actor: Actor
    joined: set[str]
    rooms: dict[str, tuple[str, UUID]]

    async def connect(self) -> None:
        self.joined = set()
        self.rooms = {}
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
        for name in list(self.rooms):
            await self._go_out(name)

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
        elif isinstance(name := content.get("present"), str):
            await self._be_present(name, writing=content.get("writing") is True)
        elif isinstance(name := content.get("away"), str) and name in self.rooms:
            await self._go_out(name)
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

    async def _be_present(self, name: str, *, writing: bool) -> None:
        """Renew the mark of this socket; the answer is who else is there. Rights are asked with every beat."""
        kind, _, subject = name.partition(":")
        try:
            subject_id = UUID(subject)
        except ValueError:
            return
        if not await self._may_be_present(kind, subject_id):
            if name in self.rooms:
                await self._go_out(name)
            await self.send_json({"refused": f"present:{name}"[:80]})
            return
        if name not in self.rooms:
            if len(self.rooms) >= MAX_ROOMS:
                return
            self.rooms[name] = (kind, subject_id)
            await self.channel_layer.group_add(room_name(name), self.channel_name)
        before = await self._others(kind, subject_id, of_all=True)
        await database_sync_to_async(presence.mark)(
            kind=kind, subject_id=subject_id, socket=self.channel_name, person_id=self.actor.user_id,
            name=self.scope["user"].full_name, writing=writing,
        )  # fmt: skip
        await self._tell_present(name)
        if before != await self._others(kind, subject_id, of_all=True):
            await self.channel_layer.group_send(room_name(name), {"type": "presence.changed", "room": name})

    async def _may_be_present(self, kind: str, subject_id: UUID) -> bool:
        actor = await database_sync_to_async(_actor_now)(self.scope["user"].pk)
        if actor is None or actor.held_back or not actor.is_signed_in:
            return False
        self.actor = actor
        return bool(await database_sync_to_async(registry.may_be_present)(actor, kind, subject_id))

    async def _others(self, kind: str, subject_id: UUID, *, of_all: bool = False) -> list[presence.Present]:
        but = None if of_all else self.actor.user_id
        found: list[presence.Present] = await database_sync_to_async(presence.present)(
            kind=kind, subject_id=subject_id, but=but
        )
        return found

    async def _tell_present(self, name: str) -> None:
        kind, subject_id = self.rooms[name]
        people = [
            {"id": str(one.person_id), "name": one.name, "writing": one.writing}
            for one in await self._others(kind, subject_id)
        ]
        await self.send_json({"present": name, "people": people})

    async def presence_changed(self, message: dict[str, Any]) -> None:
        name = str(message.get("room", ""))
        if name not in self.rooms:
            return
        if await self._may_be_present(*self.rooms[name]):
            await self._tell_present(name)
        else:
            await self._go_out(name)

    async def _go_out(self, name: str) -> None:
        kind, subject_id = self.rooms.pop(name)
        await database_sync_to_async(presence.leave)(
            kind=kind, subject_id=subject_id, socket=self.channel_name
        )
        await self.channel_layer.group_discard(room_name(name), self.channel_name)
        await self.channel_layer.group_send(room_name(name), {"type": "presence.changed", "room": name})

    async def session_ended(self, message: dict[str, Any]) -> None:
        # Not 4401: the browser whose session lives on must come back; the others are refused when they try.
        await self.close(code=4000)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None
