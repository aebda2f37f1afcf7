"""A client of Pulse, generated from openapi/pulse.yaml."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from pulse_client import AuthenticatedClient, Client
from pulse_client.api.session import get_session, log_in
from pulse_client.api.users import create_user, delete_user, get_user, list_users, update_user
from pulse_client.models import (
    AccountAccess,
    AccountAccessAccountId,
    ChangedUser,
    Error,
    LoginType0,
    LoginType1,
    Message,
    NewUser,
    NotificationPreference,
    NotificationPreferenceDeliveryPrefItem,
    PulseEvents,
    Role,
    Session,
    User,
    UserPage,
)
from pulse_client.types import UNSET

SALES = "2311"
ADMIN = "admin@pulse.example"


@pytest.fixture
def token(sandbox: str) -> str:
    return f"{os.environ['PULSE_TOKEN']}.{sandbox}"


@pytest.fixture
def client(url: str, token: str) -> AuthenticatedClient:
    return pulse(url, token)


def pulse(url: str, token: str) -> AuthenticatedClient:
    return AuthenticatedClient(base_url=f"{url}/pulse", token=token, raise_on_unexpected_status=True)


def made(client: AuthenticatedClient, email: str, **fields: object) -> User:
    user = create_user.sync(client=client, x_account_id=SALES, body=NewUser(email=email, **fields))
    assert isinstance(user, User)
    return user


def test_create_answers_the_user(client: AuthenticatedClient) -> None:
    preference = NotificationPreference(
        event=PulseEvents.LEAD_ARCHIVED, delivery_pref=[NotificationPreferenceDeliveryPrefItem.EMAIL]
    )
    body = NewUser(
        email="ada@example.com",
        name="Ada Löve",
        team_id=7,
        phone="+1 555",
        img_src="https://example.com/ada.png",
        roles=[Role.AGENT],
        notification_preferences=[preference],
    )
    answer = create_user.sync_detailed(client=client, x_account_id=SALES, body=body)
    assert answer.status_code == HTTPStatus.CREATED
    user = answer.parsed
    assert isinstance(user, User)
    assert (user.id, user.email, user.name, user.active) == (1, "ada@example.com", "Ada Löve", True)
    assert (user.team_id, user.phone, user.img_src) == (7, "+1 555", "https://example.com/ada.png")
    assert user.notification_preferences == [preference]
    assert (user.created_by, user.updated_by) == (ADMIN, ADMIN)
    assert isinstance(user.created_at, datetime) and user.updated_at == user.created_at
    assert user.accounts == [
        AccountAccess(
            account_id=AccountAccessAccountId(SALES),
            account_name="Understudy Sales",
            users_primary_account=True,
            account_admin=False,
        )
    ]
    assert user.flat_roles_list == [Role.AGENT]
    assert "readLeads" in user.flat_permissions_list
    assert get_user.sync("ada@example.com", client=client, x_account_id=SALES) == user


def test_update_and_delete_find_the_user_in_any_letter_case(client: AuthenticatedClient) -> None:
    user = made(client, "ada+1@example.com", name="Ada")
    change = ChangedUser(name="Ada L.", active=False, roles=[Role.USER])
    changed = update_user.sync("ADA+1@example.com", client=client, x_account_id=SALES, body=change)
    assert isinstance(changed, User)
    assert (changed.id, changed.email, changed.name, changed.active) == (user.id, user.email, "Ada L.", False)
    assert changed.flat_roles_list == [Role.USER]
    assert changed.created_at == user.created_at and changed.updated_at >= user.updated_at
    assert get_user.sync(user.email, client=client, x_account_id=SALES) == changed
    gone = delete_user.sync_detailed("Ada+1@Example.com", client=client, x_account_id=SALES)
    assert gone.status_code == HTTPStatus.OK and gone.parsed == Message(message="User deleted successfully")
    for again in (
        get_user.sync_detailed(user.email, client=client, x_account_id=SALES),
        update_user.sync_detailed(user.email, client=client, x_account_id=SALES, body=change),
        delete_user.sync_detailed(user.email, client=client, x_account_id=SALES),
    ):
        assert again.status_code == HTTPStatus.NOT_FOUND
        assert again.parsed == Error(error="Not Found", status=404, message="User not found")
    assert made(client, user.email).id != user.id


def test_list_pages_sorts_and_searches(client: AuthenticatedClient) -> None:
    users = [made(client, f"p{number}@example.com", name=f"Person {number}") for number in range(5)]
    page = list_users.sync(client=client, x_account_id=SALES, page=1, page_size=2)
    assert isinstance(page, UserPage)
    assert page.users == [users[4], users[3]]
    assert (page.pagination.page, page.pagination.page_size, page.pagination.has_next_page) == (1, 2, True)
    last = list_users.sync(client=client, x_account_id=SALES, page=3, page_size=2, sort="createdAt")
    assert isinstance(last, UserPage) and last.users == [users[4]] and last.pagination.has_next_page is False
    found = list_users.sync(client=client, x_account_id=SALES, search="person 2")
    assert isinstance(found, UserPage) and found.users == [users[2]]
    named = list_users.sync(client=client, x_account_id=SALES, email="P3@example.com")
    assert isinstance(named, UserPage) and named.users == [users[3]]
    wrong = list_users.sync_detailed(client=client, x_account_id=SALES, sort="shoeSize")
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert isinstance(wrong.parsed, Error) and wrong.parsed.message.startswith("sort must be a list of ")


def test_an_email_is_one_users_in_any_letter_case(client: AuthenticatedClient) -> None:
    made(client, "ada@example.com")
    answer = create_user.sync_detailed(client=client, x_account_id="2312", body=NewUser(email="ADA@example.com"))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.parsed == Error(error="Conflict", status=409, message="A user with this email already exists")


def test_wrong_fields_are_a_bad_request(client: AuthenticatedClient) -> None:
    answer = create_user.sync_detailed(client=client, x_account_id=SALES, body=NewUser(email="nothing", team_id=0))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert isinstance(answer.parsed, Error)
    assert (answer.parsed.error, answer.parsed.status) == ("Bad Request", 400)
    assert answer.parsed.message.startswith("email is required and must be a valid email address; teamId ")


def test_the_account_and_the_token_must_be_right(url: str, client: AuthenticatedClient) -> None:
    body = NewUser(email="ada@example.com")
    stranger = create_user.sync_detailed(client=pulse(url, "wrong"), x_account_id=SALES, body=body)
    assert stranger.status_code == HTTPStatus.UNAUTHORIZED
    assert stranger.parsed == Error(error="Unauthorized", status=401, message="A valid bearer token is required")
    assert stranger.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    elsewhere = create_user.sync_detailed(client=client, x_account_id="1", body=body)
    assert elsewhere.status_code == HTTPStatus.FORBIDDEN
    assert elsewhere.parsed == Error(error="Forbidden", status=403, message="You do not have access to this account")
    nowhere = create_user.sync_detailed(client=client, x_account_id="", body=body)
    assert nowhere.status_code == HTTPStatus.BAD_REQUEST and isinstance(nowhere.parsed, Error)


@pytest.mark.parametrize("way", ["password", "key"])
def test_logging_in_gives_a_token_that_opens_the_deployment(url: str, token: str, way: str) -> None:
    body = LoginType0(email=ADMIN, password=token) if way == "password" else LoginType1(api_key="k", api_secret=token)
    anyone = Client(base_url=f"{url}/pulse", raise_on_unexpected_status=True)
    session = log_in.sync(client=anyone, body=body)
    assert isinstance(session, Session)
    assert (session.id, session.email, session.active, session.impersonating) == (0, ADMIN, True, None)
    assert session.token == token
    assert session.primary_account == session.accounts[0]
    assert session.expires_at > datetime.now(session.expires_at.tzinfo) + timedelta(days=6)
    client = pulse(url, session.token)
    assert made(client, "ada@example.com").id == 1
    current = get_session.sync(client=client)
    assert isinstance(current, Session) and current.email == ADMIN and current.token == token
    refused = log_in.sync_detailed(client=anyone, body=LoginType0(email=ADMIN, password="wrong"))
    assert refused.status_code == HTTPStatus.UNAUTHORIZED
    assert refused.parsed == Error(error="Unauthorized", status=401, message="These credentials open nothing")


def test_the_caller_cannot_change_itself(client: AuthenticatedClient) -> None:
    me = get_user.sync(ADMIN, client=client, x_account_id=SALES)
    assert isinstance(me, User) and me.id == 0 and me.team_id is UNSET
    answer = delete_user.sync_detailed(ADMIN, client=client, x_account_id=SALES)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.parsed == Error(error="Forbidden", status=403, message="You cannot change or delete yourself")
