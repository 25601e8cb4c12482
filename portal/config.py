"""Settings, read once from the environment; whatever is missing is named all at once."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SHORTEST_SECRET = 32
_SCANNER = re.compile(r"|unix:/.+|[^:/]+:(?P<port>\d{1,5})")
_LAST_PORT = 65_535


class ConfigError(RuntimeError):
    """The environment does not hold what the portal needs to start."""


@dataclass(frozen=True)
class Config:
    """How this installation runs.

    Attributes:
        secret_key: signs the cookies; at least 32 characters.
        public_base_url: where people reach the portal; every link starts with it.
        trusted_hosts: the host names that a request may be addressed to.
        database_url: SQLAlchemy address.
        smtp_host: mail server; empty means that nothing leaves (demonstration).
        smtp_security: ``starttls``, ``tls`` or ``none``.
        scanner: where the scanner for viruses (clamd) listens, ``host:port`` or ``unix:/path``;
            empty where there is none.
        proxies: how many proxies of the installation stand before the portal, each of which says
            for whom it asks; what anybody else says of that is not believed.
        demo: a demonstration: its own clock offset, and the page of sent messages.
    """

    secret_key: str
    public_base_url: str
    trusted_hosts: tuple[str, ...]
    database_url: str
    mail_from: str
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_security: str = "none"
    scanner: str = ""
    proxies: int = 0
    demo: bool = False

    @property
    def is_https(self) -> bool:
        """Whether people reach the portal encrypted."""
        return self.public_base_url.startswith("https://")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings of a production installation.

        Raises:
            ConfigError: naming everything that is missing or wrong, not only the first.
        """
        faults = list(_faults(environ))
        if faults:
            raise ConfigError("The portal cannot start.\n" + "\n".join(f"- {f}" for f in faults))
        base = environ["PUBLIC_BASE_URL"].rstrip("/")
        return cls(
            secret_key=environ["SECRET_KEY"],
            public_base_url=base,
            trusted_hosts=_hosts(environ["TRUSTED_HOSTS"]),
            database_url=database_url(environ.get("DATABASE_URL", ""), Path("instance")),
            mail_from=environ.get("MAIL_FROM") or f"no-reply@{urlsplit(base).hostname}",
            smtp_host=environ.get("SMTP_HOST") or "localhost",
            smtp_port=int(environ.get("SMTP_PORT") or "25"),
            smtp_user=environ.get("SMTP_USER", ""),
            smtp_password=environ.get("SMTP_PASSWORD", ""),
            smtp_security=environ.get("SMTP_SECURITY") or "starttls",
            scanner=environ.get("CLAMD_ADDRESS", ""),
            proxies=int(environ.get("TRUSTED_PROXIES") or "0"),
        )

    @classmethod
    def for_demo(cls, folder: Path, port: int) -> "Config":
        """Return the settings of a demonstration on this computer; reads no environment."""
        return cls(
            secret_key=secrets.token_hex(32),
            public_base_url=f"http://127.0.0.1:{port}",
            trusted_hosts=("127.0.0.1", "localhost"),
            database_url=database_url("", folder),
            mail_from="no-reply@portal.example",
            demo=True,
        )


def database_url(address: str, folder: Path) -> str:
    """Return the SQLAlchemy address: PostgreSQL through psycopg 3, or a SQLite file in a folder."""
    if not address:
        return f"sqlite:///{folder.resolve() / 'portal.sqlite'}"
    scheme, colon, rest = address.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg{colon}{rest}"
    return address


def _hosts(listed: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in listed.split(",") if host.strip())


def _faults(environ: Mapping[str, str]) -> list[str]:
    checks = {
        "SECRET_KEY is missing or shorter than 32 characters.": len(environ.get("SECRET_KEY", ""))
        >= SHORTEST_SECRET,
        "PUBLIC_BASE_URL is missing or does not start with https:// or http://.": environ.get(
            "PUBLIC_BASE_URL", ""
        ).startswith(("https://", "http://")),
        "TRUSTED_HOSTS is missing: name the hosts, separated by commas.": bool(
            _hosts(environ.get("TRUSTED_HOSTS", ""))
        ),
        "SMTP_PORT must be a number.": (environ.get("SMTP_PORT") or "25").isdecimal(),
        "SMTP_SECURITY must be starttls, tls or none.": (environ.get("SMTP_SECURITY") or "starttls")
        in {"starttls", "tls", "none"},
        "TRUSTED_PROXIES must be a number.": (environ.get("TRUSTED_PROXIES") or "0").isdecimal(),
        "CLAMD_ADDRESS must be host:port, or unix: and the path of a socket.": _is_scanner(
            environ.get("CLAMD_ADDRESS", "")
        ),
    }
    return [sentence for sentence, holds in checks.items() if not holds]


def _is_scanner(address: str) -> bool:
    found = _SCANNER.fullmatch(address)
    return found is not None and int(found["port"] or 0) <= _LAST_PORT


def flask_settings(config: Config) -> dict[str, Any]:
    """Return what Flask and its extensions read."""
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config.database_url),
        "PUBLIC_BASE_URL": config.public_base_url,
        "SCANNER": config.scanner,
        "TRUSTED_HOSTS": list(config.trusted_hosts),
        "PREFERRED_URL_SCHEME": "https" if config.is_https else "http",
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "portal",
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The token lives as long as its session: nobody loses an hour's writing to an old token.
        "WTF_CSRF_TIME_LIMIT": None,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_PASSWORD_SALT": "not used: argon2 salts each passphrase by itself",
    }


def _engine_options(address: str) -> dict[str, Any]:
    # Each role asks with statements of its own: the 500 that are kept by default are too few.
    options: dict[str, Any] = {"query_cache_size": 2000}
    if not address.startswith("sqlite"):
        options["pool_pre_ping"] = True
    return options
