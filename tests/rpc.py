"""Another system that calls the suite by JSON-RPC, as one of its users."""

import json
import urllib.request
from http.cookiejar import CookieJar


class Rpc:
    """A session of one user; demo passwords equal the log-in."""

    def __init__(self, served, login):
        self.url = served.url
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        params = {"db": served.db, "login": login, "password": login}
        self.uid = self._post("/web/session/authenticate", params)["uid"]

    def __call__(self, model, method, *args, **kwargs):
        """Call a method of a model; an error of the server is raised with its text."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post("/web/dataset/call_kw", params)

    def create(self, model, **values):
        """Create one record and return its id."""
        return self(model, "create", [values])[0]

    def _post(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(
            self.url + path, body.encode(), headers, method="POST"
        )
        with self.opener.open(request, timeout=120) as reply:
            answer = json.load(reply)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer.get("result")
