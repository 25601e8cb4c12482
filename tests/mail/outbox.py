"""Messages for tests, as a service would leave them in the outbox."""

from typing import Any

from portal.models.outbox import DeliveryState, OutboxMessage
from tests.apps import BEGINS_AT


def waiting(key: str, **changes: Any) -> OutboxMessage:
    """A message to Ruth Adeyemi of the first area that is due now."""
    values = {
        "key": key,
        "area_id": 1,
        "receiver": "coordinator@wharrow-lpb.example",
        "subject": "Case ACR-2: something is waiting",
        "body": "Something is waiting for you.\nhttp://localhost/cases/ACR-2\n",
        "state": DeliveryState.WAITING,
        "created_at": BEGINS_AT,
        "try_at": BEGINS_AT,
    }
    return OutboxMessage(**(values | changes))
