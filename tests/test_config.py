from dataclasses import replace
from pathlib import Path

import pytest
from flask import request

import portal
from portal.access.routes import public
from portal.config import Config, ConfigError, database_url, flask_settings
from tests.apps import config_for

COMPLETE = {
    "SECRET_KEY": "k" * 32,
    "PUBLIC_BASE_URL": "https://portal.example/",
    "TRUSTED_HOSTS": "portal.example, www.portal.example",
    "DATABASE_URL": "postgresql://portal@db.example/portal",
}


def test_whatever_is_missing_is_named_at_once():
    with pytest.raises(ConfigError) as refused:
        Config.from_env({})

    assert str(refused.value) == (
        "The portal cannot start.\n"
        "- SECRET_KEY is missing or shorter than 32 characters.\n"
        "- PUBLIC_BASE_URL is missing or does not start with https:// or http://.\n"
        "- TRUSTED_HOSTS is missing: name the hosts, separated by commas."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "k" * 31),
        ("PUBLIC_BASE_URL", "portal.example"),
        ("TRUSTED_HOSTS", " , "),
        ("SMTP_PORT", "smtp"),
        ("SMTP_SECURITY", "ssl"),
        ("CLAMD_ADDRESS", "clamd"),
        ("CLAMD_ADDRESS", "clamd:65536"),
        ("TRUSTED_PROXIES", "one"),
    ],
)
def test_a_setting_that_cannot_work_is_named(name, value):
    with pytest.raises(ConfigError, match=name):
        Config.from_env(COMPLETE | {name: value})


def test_a_complete_environment_is_read():
    config = Config.from_env(COMPLETE)

    assert config.public_base_url == "https://portal.example"
    assert config.trusted_hosts == ("portal.example", "www.portal.example")
    assert config.database_url == "postgresql+psycopg://portal@db.example/portal"
    assert config.mail_from == "no-reply@portal.example"
    assert (config.smtp_host, config.smtp_port) == ("localhost", 25)
    assert config.smtp_security == "starttls"
    assert config.is_https
    assert not config.demo


@pytest.mark.parametrize(
    ("proxies", "said", "believed"),
    [
        (0, "192.0.2.7", "127.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        # Who asks has put a line of their own before what the proxy added.
        (1, "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        (1, "", "127.0.0.1"),
    ],
)
def test_who_asks_is_what_the_proxies_of_the_installation_say(proxies, said, believed):
    app = portal.create_app(replace(config_for("sqlite://"), proxies=proxies))
    app.add_url_rule("/who", "who", public(lambda: request.remote_addr))

    answer = app.test_client().get(
        "/who", headers={"X-Forwarded-For": said, "X-Forwarded-Host": "evil.example"}
    )

    assert (answer.status_code, answer.text) == (200, believed)


def test_no_secret_has_a_default():
    without = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}

    with pytest.raises(ConfigError, match="SECRET_KEY"):
        Config.from_env(without)
    with pytest.raises(TypeError, match="secret_key"):
        Config()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://db/portal", "postgresql+psycopg://db/portal"),
        ("postgres://db/portal", "postgresql+psycopg://db/portal"),
        ("postgresql+psycopg://db/portal", "postgresql+psycopg://db/portal"),
        ("sqlite:///portal.sqlite", "sqlite:///portal.sqlite"),
    ],
)
def test_postgresql_is_reached_through_psycopg(address, expected):
    assert database_url(address, Path()) == expected


def test_without_an_address_the_database_is_a_file_in_the_folder(tmp_path):
    assert database_url("", tmp_path) == f"sqlite:///{tmp_path}/portal.sqlite"


def test_a_demonstration_reads_no_environment(monkeypatch, tmp_path):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)

    config = Config.for_demo(tmp_path, 5001)

    assert config.public_base_url == "http://127.0.0.1:5001"
    assert config.database_url == f"sqlite:///{tmp_path}/portal.sqlite"
    assert config.demo
    assert config.smtp_host == ""


def test_each_demonstration_has_a_secret_of_its_own(tmp_path):
    first, second = Config.for_demo(tmp_path, 1), Config.for_demo(tmp_path, 1)

    assert len(first.secret_key) == 64
    assert first.secret_key != second.secret_key


def test_cookies_are_for_https_alone_where_the_portal_is_reached_by_it():
    assert flask_settings(Config.from_env(COMPLETE))["SESSION_COOKIE_SECURE"] is True
    assert flask_settings(config_for("sqlite://"))["SESSION_COOKIE_SECURE"] is False
