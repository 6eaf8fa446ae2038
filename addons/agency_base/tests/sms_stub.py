"""A provider on the loopback interface that misbehaves on demand."""

import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class SmsStub:
    """Accepts messages as ``mode`` says and remembers by id what it accepted."""

    def __init__(self):
        """Listen on a free port."""
        self.mode, self.accepted, self.calls = "good", {}, 0
        self.pause, self.code = 0, 400
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                stub.take(self, stub.parse(self, self.rfile.read(length)))

            def do_GET(self):
                stub.answer(self, 200, stub.tell(self.path))

            def log_message(self, *args):
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, handler, message):
        """Deal with one message."""
        self.calls += 1
        if self.mode == "busy":
            return self.answer(handler, 503, {})
        if self.mode == "refuse":
            return self.answer(handler, self.code, self.refusal())
        self.accepted.setdefault(message["id"], []).append(message)
        if self.mode in ("hang", "slow"):
            time.sleep(self.pause)
        if self.mode == "error":
            return self.answer(handler, 500, {})
        if self.mode == "garbage":
            return self.answer(handler, 200, "<html>")
        return self.answer(handler, 200, self.reply(message))

    def parse(self, _handler, raw):
        """Return the message in what was sent."""
        return json.loads(raw)

    def reply(self, _message):
        """Return the answer to a message that was taken."""
        return {"ok": True, "ref": f"R{self.calls}"}

    def refusal(self):
        """Return the answer to a message that is refused."""
        return {"error": "number"}

    def tell(self, path):
        """Return the answer to the question what became of a message."""
        known = path.rpartition("=")[2] in self.accepted
        return {"state": "taken" if known else "absent"}

    def answer(self, handler, status, body):
        """Answer in JSON."""
        content = json.dumps(body).encode()
        # The caller may have hung up: that is what is tested.
        with suppress(OSError):
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

    def close(self):
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

    def gateway_vals(self, company):
        """Return the values of a gateway that speaks to this stub."""
        return {
            "name": "Stub",
            "company_id": company.id,
            "api_key": "very-secret",
            "url": f"{self.url}/send",
            "headers": "Content-Type: application/json\nX-Key: {api_key}",
            "body": '{"to":"{number}","text":"{text}","id":"{local_id}"}',
            "success_pattern": '"ok": true',
            "reference_pattern": '"ref": "(.+?)"',
            "status_url": f"{self.url}/status?id={{local_id}}",
            "status_sent_pattern": "taken",
            "status_absent_pattern": "absent",
            "timeout": 1,
            "quiet_from": 0,
            "quiet_to": 0,
        }
