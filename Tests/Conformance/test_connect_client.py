"""A client of Connect, generated from openapi/connect.yaml."""

from __future__ import annotations

import os
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import pytest
from connect_client import AuthenticatedClient
from connect_client.api.customers import add_customer_user, create_customer
from connect_client.api.users import create_user, get_user, list_users, update_user
from connect_client.models import (
    Customer,
    CustomerUser,
    Error,
    Metadata,
    NewCustomer,
    NewCustomerUser,
    NewUser,
    Role,
    User,
    UserChange,
    UserCustomersItem,
    UserPage,
)
from connect_client.types import UNSET

NOBODY = UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture
def client(url: str, sandbox: str) -> AuthenticatedClient:
    return connect(url, f"{os.environ['CONNECT_API_KEY']}.{sandbox}")


def connect(url: str, key: str) -> AuthenticatedClient:
    return AuthenticatedClient(
        base_url=f"{url}/connect",
        token=key,
        prefix="",
        auth_header_name="X-API-Key",
        raise_on_unexpected_status=True,
    )


def made(client: AuthenticatedClient, name: str, **fields: str) -> User:
    user = create_user.sync(client=client, body=NewUser(name=name, **fields))
    assert isinstance(user, User)
    return user


def test_create_answers_the_user(client: AuthenticatedClient) -> None:
    metadata = Metadata.from_dict({"plan": "gold", "seats": 3, "nested": {"é": [1.5, None, True]}})
    body = NewUser(
        name="John Döe", email="john.doe@example.com", msisdn="+15551234567", identity="x1", metadata=metadata
    )
    answer = create_user.sync_detailed(client=client, body=body)
    assert answer.status_code == HTTPStatus.CREATED
    user = answer.parsed
    assert isinstance(user, User)
    assert isinstance(user.user_id, UUID) and isinstance(user.created_at, datetime)
    assert user.updated_at == user.created_at
    assert (user.name, user.email, user.msisdn, user.identity) == (
        "John Döe",
        "john.doe@example.com",
        "+15551234567",
        "x1",
    )
    assert (user.customer_ids, user.customers) == ([], [])
    assert user.metadata == metadata
    assert get_user.sync(user.user_id, client=client) == user


def test_nothing_is_unique_and_what_is_not_set_is_left_out(client: AuthenticatedClient) -> None:
    first, second = made(client, "Ada"), made(client, "Ada")
    assert first.user_id != second.user_id
    assert (first.email, first.msisdn, first.identity) == (UNSET, UNSET, UNSET)


def test_a_key_makes_one_user_however_often_it_is_sent(client: AuthenticatedClient) -> None:
    body = NewUser(name="Ada")
    first, again = (create_user.sync_detailed(client=client, body=body, x_idempotency_key="k1") for _ in range(2))
    assert (again.status_code, again.content) == (first.status_code, first.content)
    other = create_user.sync_detailed(client=client, body=NewUser(name="Grace"), x_idempotency_key="k1")
    assert other.status_code == HTTPStatus.CONFLICT
    assert isinstance(other.parsed, Error) and other.parsed.code == "idempotency_key_mismatch"
    assert other.parsed.hint == "Generate a new idempotency key for the new operation"
    page = list_users.sync(client=client)
    assert isinstance(page, UserPage) and [one.name for one in page.items] == ["Ada"]


def test_update_changes_what_is_named(client: AuthenticatedClient) -> None:
    user = made(client, "Ada", email="ada@example.com", msisdn="+15551234567")
    changed = update_user.sync(
        user.user_id, client=client, body=UserChange(name="Ada L.", metadata=Metadata.from_dict({"a": 1}))
    )
    assert isinstance(changed, User)
    assert (changed.name, changed.email, changed.msisdn) == ("Ada L.", "ada@example.com", "+15551234567")
    assert changed.metadata.additional_properties == {"a": 1}
    assert changed.user_id == user.user_id and changed.created_at == user.created_at
    assert changed.updated_at >= user.updated_at
    assert get_user.sync(user.user_id, client=client) == changed


def test_list_pages_and_filters(client: AuthenticatedClient) -> None:
    users = [made(client, f"Person {number}", email=f"p{number}@example.com") for number in range(5)]
    page = list_users.sync(client=client, limit=2, offset=3)
    assert isinstance(page, UserPage)
    assert page.items == users[3:5]
    assert (page.pagination.total, page.pagination.limit, page.pagination.offset) == (5, 2, 3)
    assert (page.pagination.sort.key, page.pagination.sort.direction) == ("createdAt", "ASC")
    found = list_users.sync(client=client, filter_="PERSON 4")
    assert isinstance(found, UserPage) and found.items == [users[4]] and found.pagination.total == 1
    nobody = list_users.sync(client=client, filter_="nobody")
    assert isinstance(nobody, UserPage) and nobody.items == [] and nobody.pagination.total == 0


def test_users_belong_to_customers(client: AuthenticatedClient) -> None:
    ada, _ = made(client, "Ada"), made(client, "Grace")
    customer = create_customer.sync(client=client, body=NewCustomer(name="Acme"), x_idempotency_key="acme")
    assert isinstance(customer, Customer) and customer.name == "Acme"
    assert create_customer.sync(client=client, body=NewCustomer(name="Acme"), x_idempotency_key="acme") == customer
    answer = add_customer_user.sync_detailed(
        customer.customer_id, client=client, body=NewCustomerUser(user_id=ada.user_id, role=Role.ADMIN)
    )
    assert answer.status_code == HTTPStatus.CREATED
    assert answer.parsed == CustomerUser(user_id=ada.user_id, name="Ada", role=Role.ADMIN)
    got = get_user.sync(ada.user_id, client=client)
    assert isinstance(got, User)
    assert got.customer_ids == [customer.customer_id]
    assert got.customers == [UserCustomersItem(customer_id=customer.customer_id, name="Acme")]
    page = list_users.sync(client=client, customer_id=[str(customer.customer_id)])
    assert isinstance(page, UserPage) and page.items == [got]
    missing = add_customer_user.sync_detailed(NOBODY, client=client, body=NewCustomerUser(user_id=ada.user_id))
    assert missing.status_code == HTTPStatus.NOT_FOUND and isinstance(missing.parsed, Error)


def test_nobody_is_not_found(client: AuthenticatedClient) -> None:
    for answer in (
        get_user.sync_detailed(NOBODY, client=client),
        update_user.sync_detailed(NOBODY, client=client, body=UserChange(name="Ada")),
    ):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert isinstance(answer.parsed, Error)
        assert answer.parsed.code == "NOT_FOUND" and answer.parsed.message == "The requested resource does not exist"
        assert (answer.parsed.details, answer.parsed.hint) == (UNSET, UNSET)


def test_wrong_fields_are_told_one_by_one(client: AuthenticatedClient) -> None:
    answer = create_user.sync_detailed(client=client, body=NewUser(name=" ", email="nothing", msisdn="12"))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    error = answer.parsed
    assert isinstance(error, Error)
    assert (error.code, error.message) == ("VALIDATION_ERROR", "Validation failed for the request")
    assert [(one.property_, one.code) for one in error.details] == [
        ("name", "INVALID_FORMAT"),
        ("email", "INVALID_FORMAT"),
        ("msisdn", "INVALID_FORMAT"),
    ]
    assert error.details[1].suggestion == "Use an address such as john.doe@example.com"
    beyond = list_users.sync_detailed(client=client, limit=0)
    assert beyond.status_code == HTTPStatus.BAD_REQUEST
    assert isinstance(beyond.parsed, Error) and beyond.parsed.details[0].property_ == "limit"


def test_a_wrong_key_is_unauthorized(url: str) -> None:
    answer = create_user.sync_detailed(client=connect(url, "wrong"), body=NewUser(name="Ada"))
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert isinstance(answer.parsed, Error) and answer.parsed.code == "UNAUTHORIZED"
