"""Changes to the second factor: set up, asked for, stood in for by a recovery code, removed."""

from datetime import datetime

import structlog
from sqlalchemy import delete, update

from engage.accounts.audit import record
from engage.accounts.models import RecoveryCode, User
from engage.accounts.tokens import keyed_hash, new_recovery_code, plain_code
from engage.accounts.totp import DIGITS, matching_step, secret_of
from engage.extensions import db
from engage.i18n.formats import normal_digits

log = structlog.get_logger()

RECOVERY_CODES = 10


def enrol(user: User, seed: str, code: str, *, key: str, now: datetime) -> list[str] | None:
    """Set up an authenticator if the code proves that it works; return the recovery codes."""
    step = matching_step(secret_of(key, seed), normal_digits(code), now.timestamp(), 0)
    if step is None:
        return None
    user.totp_seed, user.totp_last_step = seed, step
    record(user, "second_factor_added", f"account:{user.id}", {}, now)
    log.info("second factor added", account=user.id)
    return renew_recovery_codes(user, key=key, now=now)


def renew_recovery_codes(user: User, *, key: str, now: datetime) -> list[str]:
    """Return new recovery codes, to be shown once; the old ones stop working."""
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.add_all(
        RecoveryCode(code_hash=_code_hash(key, user, code), user_id=user.id) for code in codes
    )
    record(user, "recovery_codes_made", f"account:{user.id}", {}, now)
    log.info("recovery codes made", account=user.id)
    return codes


def passes_second_factor(user: User, typed: str, *, key: str, now: datetime) -> bool:
    """Say whether a code is right, from the authenticator or a recovery code, and use it up."""
    code = normal_digits(typed)
    if len(code) == DIGITS and code.isdecimal():
        return _use_step(user, code, key, now)
    used = db.session.scalar(
        delete(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == _code_hash(key, user, typed),
        )
        .returning(RecoveryCode.code_hash)
    )
    if used is None:
        return False
    record(user, "recovery_code_used", f"account:{user.id}", {}, now)
    log.info("recovery code used", account=user.id)
    return True


def remove_second_factor(user: User, *, who: User | None, now: datetime) -> None:
    """Let the password alone be enough again."""
    user.totp_seed, user.totp_last_step = None, 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    record(who, "second_factor_removed", f"account:{user.id}", {}, now)
    log.info("second factor removed", account=user.id)


def _use_step(user: User, code: str, key: str, now: datetime) -> bool:
    """Take a code whose step comes after the last one taken; two at once cannot both win."""
    secret = secret_of(key, user.totp_seed or "")
    step = matching_step(secret, code, now.timestamp(), user.totp_last_step)
    if step is None:
        return False
    taken = db.session.scalar(
        update(User)
        .where(User.id == user.id, User.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(User.id)
    )
    return taken is not None


def _code_hash(key: str, user: User, code: str) -> str:
    return keyed_hash(key, f"recovery code {user.id}", plain_code(code)).hex()
