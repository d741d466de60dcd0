"""Who else looks at a thing: told to those who may know, gone with the socket, faded when nothing comes any more."""

import asyncio
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model

from kenes.accounts.models import Role, RoleGrant
from kenes.accounts.testing import enrol
from kenes.realtime import presence, registry
from kenes.realtime.consumers import HintsConsumer
from kenes.realtime.tests.test_socket import Socket

CASE = uuid4()
shut_out: set[UUID] = set()
registry.room(
    "room-test", lambda actor, subject_id: actor.can("staff.area") and actor.user_id not in shut_out
)
pytestmark = pytest.mark.django_db(transaction=True)
ROOM = f"room-test:{CASE}"


def person(email, role=Role.MANAGER):
    user = get_user_model().objects.create(email=email, is_active=True, full_name=email.split("@")[0].title())
    RoleGrant.objects.create(user=user, role=role)
    return enrol(user) if role != Role.BORROWER else user


async def connect(user, session=None):
    scope = {
        "type": "websocket", "path": "/ws/", "headers": [], "query_string": b"", "subprotocols": [],
        "user": user, "session": session or {},
    }  # fmt: skip
    socket = Socket(HintsConsumer.as_asgi(), scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=3))["type"] == "websocket.accept"
    return socket


async def beat(socket, **more):
    await socket.send_json_to({"present": ROOM, **more})


async def people(socket, until):
    """The people told last, once `until` holds for them."""
    for _ in range(10):
        told = await socket.receive_json_from()
        if "people" in told and until(told["people"]):
            return told["people"]
    raise AssertionError("never told")


@pytest.fixture(autouse=True)
def _empty():
    shut_out.clear()
    presence._store().delete(presence._key("room-test", CASE))


def test_two_colleagues_see_each_other_and_who_writes():
    first, second = person("aida@example.com"), person("baur@example.com")

    async def run():
        mine, theirs = await connect(first), await connect(second)
        await beat(mine)
        assert await people(mine, lambda rows: True) == []
        await beat(theirs)
        assert [row["name"] for row in await people(theirs, lambda rows: rows)] == ["Aida"]
        assert [row["name"] for row in await people(mine, lambda rows: rows)] == ["Baur"]
        await beat(theirs, writing=True)
        assert (await people(mine, lambda rows: rows and rows[0]["writing"]))[0]["id"] == str(second.pk)
        await theirs.send_input({"type": "websocket.disconnect", "code": 1000})
        assert await people(mine, lambda rows: not rows) == []

    asyncio.run(run())


def test_a_second_tab_of_the_same_person_is_not_a_colleague():
    one = person("aida@example.com")

    async def run():
        first, second = await connect(one), await connect(one)
        await beat(first)
        await beat(second)
        assert await people(second, lambda rows: True) == []

    asyncio.run(run())


def test_going_away_from_the_page_is_told_at_once():
    first, second = person("aida@example.com"), person("baur@example.com")

    async def run():
        mine, theirs = await connect(first), await connect(second)
        await beat(theirs)
        await beat(mine)
        await people(mine, lambda rows: rows)
        await theirs.send_json_to({"away": ROOM})
        assert await people(mine, lambda rows: not rows) == []

    asyncio.run(run())


def test_who_may_not_work_on_the_thing_is_neither_told_nor_shown():
    inside, outside = person("aida@example.com"), person("+7@example.com", Role.BORROWER)

    async def run():
        mine, theirs = await connect(inside), await connect(outside)
        await beat(theirs)
        assert (await theirs.receive_json_from())["refused"].startswith("present:room-test")
        await beat(mine)
        assert await people(mine, lambda rows: True) == []

    asyncio.run(run())


def test_rights_lost_meanwhile_end_the_presence():
    first, second = person("aida@example.com"), person("baur@example.com")

    async def run():
        mine, theirs = await connect(first), await connect(second)
        await beat(theirs)
        await beat(mine)
        await people(mine, lambda rows: rows)
        shut_out.add(second.pk)
        await beat(theirs)
        assert await people(mine, lambda rows: not rows) == []

    asyncio.run(run())


def test_a_lost_connection_fades_within_thirty_seconds(monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr(presence.time, "time", lambda: now[0])
    one = uuid4()
    presence.mark(kind="room-test", subject_id=CASE, socket="a", person_id=one, name="Aida", writing=True)
    assert [row.writing for row in presence.present(kind="room-test", subject_id=CASE)] == [True]
    now[0] += 10
    assert [row.writing for row in presence.present(kind="room-test", subject_id=CASE)] == [False]
    now[0] += 15
    assert presence.present(kind="room-test", subject_id=CASE) == []
    assert presence.FADES_AFTER + presence.BEAT_EVERY <= 30


def test_nonsense_does_not_end_the_socket():
    one = person("aida@example.com")

    async def run():
        socket = await connect(one)
        for wrong in ({"present": "case"}, {"present": "x:y"}, {"present": 5}, {"away": ROOM}):
            await socket.send_json_to(wrong)
        await socket.send_json_to({"ping": 1})
        assert await socket.receive_json_from() == {"pong": True}

    asyncio.run(run())
