"""Seam's own SDK for Python, led here by its `endpoint` and by nothing else."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from seam import (
    NULL,
    AsyncSeam,
    Seam,
    SeamHttpApiError,
    SeamHttpInvalidInputError,
    SeamHttpUnauthorizedError,
)
from seam.resources import UserIdentity

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def key(sandbox: str) -> str:
    return f"{os.environ['SEAM_API_KEY']}.{sandbox}"


@pytest.fixture
def seam(url: str, key: str) -> Iterator[Seam]:
    with Seam(api_key=key, endpoint=f"{url}/seam") as seam:
        yield seam


def people(seam: Seam, count: int) -> list[UserIdentity]:
    """Makes some, the oldest first."""
    return [
        seam.user_identities.create(email_address=f"person{number}@example.com", full_name=f"Person {number}")
        for number in range(count)
    ]


# Creating


def test_create_gives_every_field(seam: Seam) -> None:
    jean = seam.user_identities.create(
        user_identity_key="jean_doe",
        email_address="jean@example.com",
        phone_number="+15555550110",
        full_name="Jean Döe",
    )
    assert UUID.fullmatch(jean.user_identity_id) and UUID.fullmatch(jean.workspace_id)
    assert TIME.fullmatch(jean.created_at)
    assert jean == UserIdentity(
        user_identity_id=jean.user_identity_id,
        user_identity_key="jean_doe",
        email_address="jean@example.com",
        phone_number="+15555550110",
        display_name="Jean Döe",
        full_name="Jean Döe",
        created_at=jean.created_at,
        workspace_id=jean.workspace_id,
        merged_user_identity_ids=[],
        merged_user_identity_keys=[],
        errors=[],
        warnings=[],
        acs_user_ids=[],
    )


def test_create_needs_nothing_and_takes_null(seam: Seam) -> None:
    for identity in (
        seam.user_identities.create(),
        seam.user_identities.create(user_identity_key=NULL, email_address=NULL, phone_number=NULL, full_name=NULL),
    ):
        assert UUID.fullmatch(identity.user_identity_id)
        assert identity.user_identity_key is None
        assert identity.email_address is None
        assert identity.phone_number is None
        assert identity.full_name is None


@pytest.mark.parametrize("path", ["", "/", "/seam", "/seam/"])
def test_an_endpoint_may_have_a_path_or_none(url: str, key: str, path: str) -> None:
    with Seam(api_key=key, endpoint=url + path) as seam:
        made = seam.user_identities.create(full_name="Ada")
        assert seam.user_identities.get(user_identity_id=made.user_identity_id) == made


# Reading


@pytest.mark.parametrize("name", ["jean_doe", "jane doe+é&x=%2B/?#", "🎭"])
def test_get_finds_by_id_and_by_key(seam: Seam, name: str) -> None:
    made = seam.user_identities.create(user_identity_key=name, full_name="Jean")
    assert made.user_identity_key == name
    assert seam.user_identities.get(user_identity_id=made.user_identity_id) == made
    assert seam.user_identities.get(user_identity_key=name) == made


def test_list_gives_all_in_the_order_of_creation(seam: Seam) -> None:
    assert seam.user_identities.list() == []
    made = people(seam, 3)
    listed = seam.user_identities.list()
    assert listed == made
    assert listed.pagination == {"next_page_cursor": None, "has_next_page": False, "next_page_url": None}


def test_list_filters(seam: Seam) -> None:
    made = people(seam, 4)
    ids = [made[2].user_identity_id, NOBODY, made[0].user_identity_id]
    assert seam.user_identities.list(user_identity_ids=ids) == [made[0], made[2]]
    assert seam.user_identities.list(user_identity_ids=[]) == []
    assert seam.user_identities.list(search="PERSON3@") == [made[3]]
    assert seam.user_identities.list(search="son 1") == [made[1]]
    assert seam.user_identities.list(search="nobody") == []
    assert seam.user_identities.list(created_before="2020-01-01T00:00:00Z") == []
    assert seam.user_identities.list(created_before="2999-01-01T00:00:00.000000+02:00") == made
    assert seam.user_identities.list(limit=3) == made[:3]


def test_the_paginator_walks_page_by_page(seam: Seam) -> None:
    made = people(seam, 5)
    paginator = seam.create_paginator(seam.user_identities.list, {"limit": 2, "search": "person"})
    first, after_first = paginator.first_page()
    assert first == made[:2]
    assert after_first.has_next_page and after_first.next_page_cursor
    assert after_first.next_page_url.startswith(f"{seam.client.base_url}user_identities/list?limit=2&page_cursor=")
    second, after_second = paginator.next_page(after_first.next_page_cursor)
    assert second == made[2:4]
    third, after_third = paginator.next_page(after_second.next_page_cursor)
    assert third == made[4:]
    assert not after_third.has_next_page and after_third.next_page_cursor is None
    assert paginator.flatten_to_list() == made
    assert [one.user_identity_id for one in paginator.flatten()] == [one.user_identity_id for one in made]


def test_a_cursor_belongs_to_its_parameters(seam: Seam) -> None:
    people(seam, 3)
    _, pagination = seam.create_paginator(seam.user_identities.list, {"limit": 1}).first_page()
    with pytest.raises(SeamHttpApiError) as raised:
        seam.user_identities.list(limit=2, page_cursor=pagination.next_page_cursor)
    assert (raised.value.status_code, raised.value.code) == (400, "mismatched_page_parameters")


# Changing


def test_update_changes_what_is_named_and_clears_what_is_null(seam: Seam) -> None:
    made = seam.user_identities.create(
        user_identity_key="ada", email_address="ada@example.com", phone_number="+15555550110", full_name="Ada"
    )
    id = made.user_identity_id
    assert seam.user_identities.update(user_identity_id=id, full_name="Ada Lovelace", phone_number=NULL) is None
    changed = seam.user_identities.get(user_identity_id=id)
    assert (changed.full_name, changed.display_name, changed.phone_number) == ("Ada Lovelace", "Ada Lovelace", None)
    assert (changed.user_identity_key, changed.email_address) == ("ada", "ada@example.com")
    assert changed.created_at == made.created_at
    # What was let go is free, and what was kept is not.
    assert seam.user_identities.create(phone_number="+15555550110").phone_number == "+15555550110"
    with pytest.raises(SeamHttpApiError, match="email_address already exists"):
        seam.user_identities.create(email_address="ada@example.com")


def test_update_refuses_what_belongs_to_another(seam: Seam) -> None:
    first, second = people(seam, 2)
    with pytest.raises(SeamHttpApiError) as raised:
        seam.user_identities.update(user_identity_id=second.user_identity_id, email_address=first.email_address)
    assert (raised.value.status_code, raised.value.code) == (409, "user_identity_email_or_phone_conflict")
    assert seam.user_identities.get(user_identity_id=second.user_identity_id) == second


def test_delete_frees_everything(seam: Seam) -> None:
    fields = {"user_identity_key": "ada", "email_address": "ada@example.com", "phone_number": "+15555550110"}
    made = seam.user_identities.create(**fields)
    assert seam.user_identities.delete(user_identity_id=made.user_identity_id) is None
    for again in (
        lambda: seam.user_identities.get(user_identity_id=made.user_identity_id),
        lambda: seam.user_identities.get(user_identity_key="ada"),
        lambda: seam.user_identities.update(user_identity_id=made.user_identity_id, full_name="Ada"),
        lambda: seam.user_identities.delete(user_identity_id=made.user_identity_id),
    ):
        with pytest.raises(SeamHttpApiError) as raised:
            again()
        assert (raised.value.status_code, raised.value.code) == (404, "user_identity_not_found")
    assert seam.user_identities.list() == []
    anew = seam.user_identities.create(**fields)
    assert anew.user_identity_id != made.user_identity_id


def test_merge_leads_the_old_ids_and_keys_to_the_survivor(seam: Seam) -> None:
    survivor = seam.user_identities.create(user_identity_key="ada", email_address="ada@example.com")
    others = [
        seam.user_identities.create(user_identity_key=name, email_address=f"{name}@example.com", phone_number=phone)
        for name, phone in (("ada_2", "+15555550110"), ("ada_3", "+15555550111"))
    ]
    ids = [other.user_identity_id for other in others]
    assert seam.user_identities.merge(user_identity_id=survivor.user_identity_id, merged_user_identity_ids=ids) is None
    merged = seam.user_identities.get(user_identity_id=survivor.user_identity_id)
    assert merged.merged_user_identity_ids == ids
    assert merged.merged_user_identity_keys == ["ada_2", "ada_3"]
    # It keeps what it had and takes what it lacked.
    assert (merged.email_address, merged.phone_number) == ("ada@example.com", "+15555550110")
    assert seam.user_identities.get(user_identity_id=ids[0]) == merged
    assert seam.user_identities.get(user_identity_key="ada_3") == merged
    assert seam.user_identities.list() == [merged]


# Errors


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("user_identity_key", "ada", "user_identity_key_conflict"),
        ("email_address", "ada@example.com", "user_identity_email_or_phone_conflict"),
        ("phone_number", "+15555550110", "user_identity_email_or_phone_conflict"),
    ],
)
def test_a_duplicate_is_an_api_error(seam: Seam, field: str, value: str, code: str) -> None:
    seam.user_identities.create(**{field: value})
    with pytest.raises(SeamHttpApiError) as raised:
        seam.user_identities.create(**{field: value})
    error = raised.value
    assert type(error) is SeamHttpApiError
    assert (error.status_code, error.code, error.data) == (409, code, None)
    assert str(error) == f"A user identity with this {field} already exists"
    assert UUID.fullmatch(error.request_id)
    assert len(seam.user_identities.list()) == 1


def test_invalid_input_names_each_parameter(seam: Seam) -> None:
    with pytest.raises(SeamHttpInvalidInputError) as raised:
        seam.user_identities.create(email_address="not an address", phone_number="12", full_name="")
    error = raised.value
    assert (error.status_code, error.code) == (400, "invalid_input")
    assert str(error).startswith("3 Input Errors: ")
    assert UUID.fullmatch(error.request_id)
    assert {one.parameter_name: one.error_messages for one in error.validation_errors} == {
        "email_address": ["Invalid email"],
        "phone_number": ["Phone number must be in E.164 format: +14155552671"],
        "full_name": ["String must contain at least 1 character(s)"],
    }
    assert error.get_validation_error_messages("email_address") == ["Invalid email"]
    assert error.get_validation_error_messages("user_identity_key") == []


@pytest.mark.parametrize("call", ["get", "update", "delete", "list"])
def test_every_operation_refuses_invalid_input(seam: Seam, call: str) -> None:
    parameters = {"user_identity_ids": ["7"]} if call == "list" else {"user_identity_id": "7"}
    with pytest.raises(SeamHttpInvalidInputError) as raised:
        getattr(seam.user_identities, call)(**parameters)
    assert raised.value.status_code == 400
    assert raised.value.validation_errors[0].parameter_name in parameters


@pytest.mark.parametrize("call", ["create", "get", "list", "update", "delete", "merge"])
def test_every_operation_refuses_a_wrong_key(url: str, call: str) -> None:
    parameters = {"create": {}, "list": {}, "merge": {"user_identity_id": NOBODY, "merged_user_identity_ids": [NOBODY]}}
    with (
        Seam(api_key="seam_wrong_key", endpoint=f"{url}/seam") as seam,
        pytest.raises(SeamHttpUnauthorizedError) as raised,
    ):
        getattr(seam.user_identities, call)(**parameters.get(call, {"user_identity_id": NOBODY}))
    assert (raised.value.status_code, raised.value.code) == (401, "unauthorized")
    assert str(raised.value) == "Unauthorized"
    assert UUID.fullmatch(raised.value.request_id)


def test_a_personal_access_token_is_unauthorized(url: str) -> None:
    with (
        Seam.from_personal_access_token("seam_at1_token", NOBODY, endpoint=f"{url}/seam") as seam,
        pytest.raises(SeamHttpUnauthorizedError),
    ):
        seam.user_identities.list()


def test_another_sandbox_sees_nothing(url: str, seam: Seam, key: str) -> None:
    made = seam.user_identities.create(email_address="ada@example.com")
    with Seam(api_key=f"{key[:50]}-2", endpoint=f"{url}/seam") as other:
        assert other.user_identities.list() == []
        assert other.user_identities.create(email_address="ada@example.com").workspace_id != made.workspace_id


# What goes wrong on purpose


def test_reading_is_retried_and_creating_is_not(seam: Seam, fault: Callable[..., Callable[[], int]]) -> None:
    made = seam.user_identities.create(email_address="ada@example.com")
    hits = fault(vendor="seam", status=503, times=2)
    assert seam.user_identities.list() == [made]
    assert hits() == 2
    hits = fault(vendor="seam", status=429, retry_after=1, times=1)
    assert seam.user_identities.get(user_identity_id=made.user_identity_id) == made
    assert hits() == 1
    hits = fault(vendor="seam", status=500, times=1)
    with pytest.raises(SeamHttpApiError) as raised:
        seam.user_identities.create(email_address="grace@example.com")
    assert (raised.value.status_code, raised.value.code) == (500, "internal_server_error")
    assert hits() == 1
    assert seam.user_identities.list() == [made]


def test_a_lost_answer_of_delete_is_a_404_on_retry(seam: Seam, fault: Callable[..., Callable[[], int]]) -> None:
    made = seam.user_identities.create()
    fault(vendor="seam", phase="after", answer="dropped", times=1)
    with pytest.raises(SeamHttpApiError) as raised:
        seam.user_identities.delete(user_identity_id=made.user_identity_id)
    assert (raised.value.status_code, raised.value.code) == (404, "user_identity_not_found")


@pytest.mark.parametrize("answer", ["dropped", "reset", "garbage", "truncated"])
def test_a_broken_answer_is_a_transport_error(seam: Seam, fault: Callable[..., Callable[[], int]], answer: str) -> None:
    fault(vendor="seam", phase="after", answer=answer, times=1)
    with pytest.raises(httpx.TransportError):
        seam.user_identities.create(email_address="ada@example.com")
    # The operation was done; only its answer was lost.
    assert [one.email_address for one in seam.user_identities.list()] == ["ada@example.com"]


# The asynchronous half of the SDK


def test_the_asynchronous_client_does_the_same(url: str, key: str) -> None:
    async def life() -> None:
        async with AsyncSeam(api_key=key, endpoint=f"{url}/seam") as seam:
            made = await asyncio.gather(*(seam.user_identities.create(full_name=f"Person {n}") for n in range(20)))
            paginator = seam.create_paginator(seam.user_identities.list, {"limit": 7})
            listed = await paginator.flatten_to_list()
            assert sorted(one.full_name for one in listed) == sorted(one.full_name for one in made)
            await seam.user_identities.update(user_identity_id=made[0].user_identity_id, full_name="Ada")
            got = await seam.user_identities.get(user_identity_id=made[0].user_identity_id)
            assert got.full_name == "Ada"
            await seam.user_identities.delete(user_identity_id=made[0].user_identity_id)
            with pytest.raises(SeamHttpApiError) as raised:
                await seam.user_identities.get(user_identity_id=made[0].user_identity_id)
            assert raised.value.code == "user_identity_not_found"
            with pytest.raises(SeamHttpInvalidInputError):
                await seam.user_identities.create(email_address="nothing")

    asyncio.run(life())


def test_fifty_at_once_leave_one_owner(url: str, key: str) -> None:
    async def race() -> list[UserIdentity | BaseException]:
        async with AsyncSeam(api_key=key, endpoint=f"{url}/seam") as seam:
            creations = (seam.user_identities.create(email_address="ada@example.com") for _ in range(50))
            return await asyncio.gather(*creations, return_exceptions=True)

    results = asyncio.run(race())
    assert sum(isinstance(one, UserIdentity) for one in results) == 1
    refused = [one for one in results if not isinstance(one, UserIdentity)]
    assert [(one.status_code, one.code) for one in refused] == [(409, "user_identity_email_or_phone_conflict")] * 49
