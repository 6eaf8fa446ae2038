"""One call to an SMS provider, and what may be concluded from how it ended."""

import logging
import re
from contextlib import contextmanager
from contextvars import ContextVar

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    SSLError,
)

# Answers longer than this are no answers of an SMS provider.
MAX_ANSWER = 65536
CONNECT_SECONDS = 5
# The provider says itself that it did not take the message: too many, or too busy.
NOT_TAKEN = {429, 451, 503}
# An error of the caller elsewhere, but nothing a better message would mend.
UNCERTAIN = {408, 409}


_is_calling = ContextVar("is_calling", default=False)


def _not_ours(_record):
    return not _is_calling.get()


# At its debug level it logs each address, and providers want their secret in there.
logging.getLogger("urllib3.connectionpool").addFilter(_not_ours)


@contextmanager
def _unlogged():
    token = _is_calling.set(True)
    try:
        yield
    finally:
        _is_calling.reset(token)


class Outcome:
    """``state``: sent, failed, retry (surely not taken) or unknown; and why."""

    def __init__(self, state, reference=None, reason=None, text=""):
        """Keep the outcome of one call."""
        self.state, self.reference = state, reference
        self.reason, self.text = reason, text


def call(method, url, headers, body, timeout):
    """Make the call and return ``(status, text)`` or an Outcome when there is none."""
    waits = urllib3.Timeout(connect=CONNECT_SECONDS, read=timeout)
    # Nothing is ever repeated or redirected behind our back.
    with urllib3.PoolManager(retries=False, timeout=waits) as pool, _unlogged():
        try:
            answer = pool.request(
                method,
                url,
                headers=headers,
                body=body.encode() if body else None,
                preload_content=False,
            )
            content = answer.read(MAX_ANSWER, decode_content=True)
        except (NewConnectionError, ConnectTimeoutError, SSLError) as error:
            # Refused, unreachable or not trusted: nothing was sent.
            return Outcome("retry", reason=type(error).__name__)
        except (HTTPError, OSError) as error:
            # Cut off later: nobody knows.
            return Outcome("unknown", reason=type(error).__name__)
        return answer.status, content.decode("utf-8", "replace")


def judge(answer, success, refusal, reference):
    """Return the Outcome of a send call by the provider's patterns.

    An answer that fits neither pattern proves nothing: the message may be on its way.

    >>> judge((200, '{"status":200}'), '"status":200', "", "").state
    'sent'
    >>> judge((500, "oops"), '"status":200', "", "").state
    'unknown'
    >>> judge((400, "bad number"), '"status":200', "", "").state
    'failed'
    >>> judge((409, "try later"), '"status":200', "", "").state
    'unknown'
    """
    if isinstance(answer, Outcome):
        return answer
    status, text = answer
    if status in NOT_TAKEN:
        return Outcome("retry", reason=f"HTTP {status}")
    if 200 <= status < 300 and re.search(success, text):
        found = reference and re.search(reference, text)
        return Outcome("sent", reference=(found and found[1]) or None)
    if refusal and re.search(refusal, text):
        return Outcome("failed", reason=f"HTTP {status}")
    if 400 <= status < 500 and status not in UNCERTAIN:
        return Outcome("failed", reason=f"HTTP {status}")
    return Outcome("unknown", reason=f"HTTP {status}")
