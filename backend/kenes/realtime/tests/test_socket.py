"""The socket gives hints to those who may see the thing, and to nobody else."""

import asyncio
import json
from uuid import UUID, uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from kenes.accounts import live_sessions, viewing
from kenes.accounts.models import Role, RoleGrant
from kenes.accounts.testing import enrol
from kenes.realtime import registry
from kenes.realtime.consumers import HintsConsumer
from kenes.realtime.services import _send, group_name

MINE, FOREIGN, ENDED = uuid4(), uuid4(), uuid4()
allowed_now = {MINE}
registry.channel("socket-test", lambda actor, subject_id: subject_id in allowed_now)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    return get_user_model().objects.create(email="socket@example.com", is_active=True)


class Socket(ApplicationCommunicator):
    """A browser's end of the socket."""

    async def send_text(self, text):
        await self.send_input({"type": "websocket.receive", "text": text})

    async def send_json_to(self, data):
        await self.send_text(json.dumps(data))

    async def receive_json_from(self):
        return json.loads((await self.receive_output(timeout=3))["text"])


def talk(user, script, session=None):
    """Run `script(socket)` on a connected socket of `user`; returns what it returns, or the code of the refusal."""

    async def run():
        scope = {
            "type": "websocket",
            "path": "/ws/",
            "headers": [],
            "query_string": b"",
            "subprotocols": [],
            "user": user,
            "session": session or {},
        }
        socket = Socket(HintsConsumer.as_asgi(), scope)
        await socket.send_input({"type": "websocket.connect"})
        assert (await socket.receive_output(timeout=3))["type"] == "websocket.accept"
        if script is None:
            answer = await socket.receive_output(timeout=3)
            assert answer["type"] == "websocket.close"
            return answer["code"]
        try:
            return await script(socket)
        finally:
            await socket.send_input({"type": "websocket.disconnect", "code": 1000})
            await socket.wait(timeout=3)

    return asyncio.run(run())


def send(channel: str, subject: UUID) -> None:
    hint = {"type": "case.changed", "id": str(subject)}
    _send(group_name(channel), {"type": "hint", "hint": hint, "channel": channel})


def test_without_login_the_socket_closes():
    assert talk(AnonymousUser(), None) == 4401


def test_a_visible_channel_gives_its_hints(person):
    async def script(socket):
        await socket.send_json_to({"join": f"socket-test:{MINE}"})
        assert await socket.receive_json_from() == {"joined": f"socket-test:{MINE}"}
        await asyncio.to_thread(send, f"socket-test:{MINE}", MINE)
        return await socket.receive_json_from()

    assert talk(person, script) == {"type": "case.changed", "id": str(MINE)}


@pytest.mark.parametrize(
    "channel",
    [f"socket-test:{FOREIGN}", f"unknown:{MINE}", "socket-test:x", "staff", "user:"],
    ids=["foreign", "unknown-kind", "no-id", "staff", "empty"],
)
def test_a_channel_of_others_is_refused_and_stays_silent(person, channel):
    async def script(socket):
        await socket.send_json_to({"join": channel})
        answer = await socket.receive_json_from()
        await asyncio.to_thread(send, channel, FOREIGN)
        return answer, await socket.receive_nothing()

    assert talk(person, script) == ({"refused": channel}, True)


def test_staff_that_left_their_channel_may_come_back(person):
    RoleGrant.objects.create(user=person, role=Role.MANAGER)
    enrol(person)

    async def script(socket):
        await socket.send_json_to({"leave": "staff"})
        await socket.send_json_to({"join": "staff"})
        assert await socket.receive_json_from() == {"joined": "staff"}
        await asyncio.to_thread(send, "staff", FOREIGN)
        return await socket.receive_json_from()

    assert talk(person, script) == {"type": "case.changed", "id": str(FOREIGN)}


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"join": 5}', '{"join": null}', '{"leave": "staff"}'])
def test_nonsense_does_not_end_the_socket(person, text):
    async def script(socket):
        await socket.send_text(text)
        await socket.send_json_to({"ping": 1})
        return await socket.receive_json_from()

    assert talk(person, script) == {"pong": True}


@pytest.mark.parametrize("ends", ["right", "account"])
def test_hints_end_when_the_right_ends_though_the_socket_stays_open(person, ends):
    channel = f"socket-test:{ENDED}"
    allowed_now.add(ENDED)

    def end():
        if ends == "right":
            allowed_now.discard(ENDED)
        else:
            get_user_model().objects.update(is_active=False)

    async def script(socket):
        await socket.send_json_to({"join": channel})
        assert await socket.receive_json_from() == {"joined": channel}
        await asyncio.to_thread(send, channel, ENDED)
        assert await socket.receive_json_from() == {"type": "case.changed", "id": str(ENDED)}
        await asyncio.to_thread(end)
        await asyncio.to_thread(send, channel, ENDED)
        return await socket.receive_nothing(timeout=0.5)

    try:
        assert talk(person, script) is True
    finally:
        allowed_now.discard(ENDED)


def test_a_socket_ends_with_the_sessions_of_its_person(person):
    async def script(socket):
        await asyncio.to_thread(live_sessions.end_all, user_id=person.pk)
        return await socket.receive_output(timeout=3)

    answer = talk(person, script)
    assert (answer["type"], answer["code"]) == ("websocket.close", 4000)


def test_whoever_looks_through_other_eyes_gets_no_hints(person):
    assert talk(person, None, session={viewing.SESSION_KEY: str(uuid4())}) == 4403
