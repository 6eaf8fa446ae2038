"""One call to an SMS provider, and what may be concluded from how it ended."""

import re

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
# The provider says itself that it did not take the message.
NOT_TAKEN = {429, 503}


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
    with urllib3.PoolManager(retries=False, timeout=waits) as pool:
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
    if 400 <= status < 500:
        return Outcome("failed", reason=f"HTTP {status}")
    return Outcome("unknown", reason=f"HTTP {status}")
