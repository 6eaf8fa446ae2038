"""Every public page of the desk, met by someone who means no good.

``ROUTES`` is complete by test. What is particular to a page is proved beside it; here
stands what holds for all of them.
"""

import re
from urllib.parse import quote

from odoo.fields import Command
from odoo.http import _generate_routing_rules
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_track_actions import PublicCase

# The forms: path, and the fields that a browser would send.
FORMS = {
    "/desk/track": ("code", "digits"),
    "/desk/track/inside": ("pass", "answer", "unit"),
    "/desk/track/rate": ("pass",),
    "/desk/track/object": ("pass", "text"),
    "/desk/track/upload": ("pass", "document"),
    "/desk/track/appointment": ("pass", "choice"),
    "/desk/apply/<string:code>": ("form", "identifier", "name", "mobile", "subject"),
    "/desk/apply/confirm": ("pass", "otp", "again"),
    "/desk/rate/<string:token>": ("score", "visits", "comment", "inside", "unit"),
    "/desk/opinion": ("form", "kind", "text", "mobile"),
    "/desk/kiosk/<string:token>": ("form", "priority"),
}
# The pages that are only read: path, and what may stand behind the question mark.
PAGES = {
    "/desk": ("q", "event", "audience", "lang"),
    "/desk/service/<string:code>": ("lang",),
    "/desk/service/<string:code>.jsonld": (),
    "/desk/track": ("code", "lang"),
    "/desk/apply/<string:code>": ("lang",),
    "/desk/rate/<string:token>": ("lang",),
    "/desk/opinion": ("lang",),
    "/desk/hall/<string:token>": ("lang",),
    "/desk/hall/<string:token>/state": (),
    "/desk/kiosk/<string:token>": ("lang",),
    "/desk/turn/<string:token>": ("lang",),
    "/desk/<path:rest>": ("lang",),
}
# Behind a log-in: who is not logged in is sent there.
INSIDE = {
    "/my/requests",
    "/my/requests/page/<int:page>",
    "/my/requests/<string:code>",
    "/service_desk/services.xlsx",
}
# The pages of who has an account extend Odoo's portal.
MODULES = ("portal", "service_desk")
NASTY = (
    "\0",
    "a\0b",
    "-1",
    "9" * 30,
    "' OR 1=1 --",
    "%s%(x)s",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "${7*7}{{7*7}}",
    "\u202e۱۲۳",
    "x" * 3000,
)
TOO_LARGE = "x" * (31 * 1024 * 1024)


@tagged("post_install", "-at_install")
class TestAttacks(PublicCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.action_renew_hall()
        cls.request_made = cls._make_request(complete=False)
        cls.online = cls._make_service(
            code="20001", channel_ids=[Command.create({"channel": "portal"})]
        )

    def _paths(self, route):
        """Return ``route`` with what is there in it, then with nasty values."""
        if "<" not in route:
            return [route]
        good = {
            "hall": self.desk.hall_token,
            "kiosk": self.desk.kiosk_token,
            "service": self.service.code,
            "apply": self.online.code,
            "rate": self.request_made._feedback().sudo().token,
            "turn": self.env["service.desk.ticket"]._draw(self.desk).token,
            "<path:rest>": "nowhere/at/all",
        }[route.split("/")[2]]
        return [
            re.sub("<[^>]+>", lambda _m, word=word: quote(word, safe=""), route)
            for word in (good, *NASTY)
        ]

    def test_the_tables_name_every_route(self):
        found = {
            (path, way)
            for path, endpoint in _generate_routing_rules(MODULES, False)
            for way in endpoint.routing["methods"] or ["GET"]
            if path.startswith(("/desk", "/my/requests", "/service_desk"))
        }
        ways = {(path, "GET") for path in (*PAGES, *INSIDE)}
        ways |= {(path, "POST") for path in FORMS}
        self.assertEqual(found, ways)

    def test_a_page_that_is_read_bears_anything(self):
        for route, names in PAGES.items():
            self.env.flush_all()
            for path in self._paths(route):
                with self.subTest(path[:60]):
                    answer = self.url_open(path)
                    self.assertIn(answer.status_code, (200, 400, 404, 429))
                    self.assertNotIn("<script>alert", answer.text)
            for name in names:
                for word in NASTY:
                    query = f"{self._paths(route)[0]}?{name}={quote(word)}"
                    with self.subTest(query[:60]):
                        answer = self.url_open(query)
                        self.assertIn(answer.status_code, (200, 400, 404, 429))
                        self.assertNotIn("<script>alert", answer.text)

    def test_a_form_bears_anything_and_nothing_is_kept(self):
        before = self._kept()
        note = self._pass(self.request_made)
        token = {"csrf_token": self._csrf()}
        for route, names in FORMS.items():
            path = self._paths(route)[0]
            self.env.flush_all()
            for word in NASTY:
                fields = dict.fromkeys(names, word) | token
                if "pass" in names and "confirm" not in route:
                    fields["pass"] = note
                with self.subTest(path=path[:40], word=word[:20]):
                    answer = self.url_open(path, data=fields)
                    self.assertIn(answer.status_code, (200, 404, 413, 429))
                    self.assertNotIn("<script>alert", answer.text)
        self.assertEqual(self._kept(), before)

    def test_no_form_is_taken_without_its_token(self):
        before = self._kept()
        for route, names in FORMS.items():
            path = self._paths(route)[0]
            with self.subTest(path=path[:40]), mute_logger("odoo.http"):
                answer = self.url_open(path, data=dict.fromkeys(names, "1"))
                self.assertEqual(answer.status_code, 400)
        self.assertEqual(self._kept(), before)

    def test_no_form_takes_an_absurd_size(self):
        for route, names in FORMS.items():
            path = self._paths(route)[0]
            with self.subTest(path=path[:40]), mute_logger("odoo.http"):
                answer = self._send(path, **{names[-1]: TOO_LARGE})
                self.assertEqual(answer.status_code, 413)

    def test_who_is_not_logged_in_sees_nothing_inside(self):
        for path in (
            "/my/requests",
            "/my/requests/page/2",
            f"/my/requests/{self.request_made.tracking_code}",
            f"/service_desk/services.xlsx?ids={self.service.id}",
        ):
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertIn("/web/login", answer.url)
                self.assertNotIn(self.service.name, answer.text)

    def test_what_is_not_public_here_is_not_there(self):
        """Another company answers on this address: nothing of ours is there."""
        paths = {route: self._paths(route)[0] for route in (*PAGES, *FORMS)}
        note = self._pass(self.request_made)
        token = self._csrf()
        self.company.desk_is_public = False
        self.env["res.company"].create({"name": "Other", "desk_is_public": True})
        self.env.flush_all()
        before = self._kept()
        for route, path in paths.items():
            if "<" in route:
                with self.subTest(path[:40]):
                    self.assertEqual(self.url_open(path).status_code, 404)
        for route, names in FORMS.items():
            fields = dict.fromkeys(names, "1") | {"csrf_token": token}
            if "pass" in names:
                fields["pass"] = note
            with self.subTest(form=route):
                answer = self.url_open(paths[route], data=fields)
                self.assertIn(answer.status_code, (200, 404))
                self.assertNotIn(self.service.name, answer.text)
        self.assertEqual(self._kept(), before)

    def test_whoever_is_logged_in_gets_no_more_from_a_public_page(self):
        """A clerk of another desk guesses: he is told what a visitor is told."""
        wrong = {"code": self.request_made.tracking_code, "digits": "0000"}
        as_visitor = self._send("/desk/track", **wrong)
        self.authenticate(self.other_clerk.login, self.other_clerk.login)
        as_clerk = self._send("/desk/track", **wrong)
        bodies = {
            re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
            for answer in (as_visitor, as_clerk)
        }
        self.assertEqual(len({len(body) for body in bodies}), 1)
        code = self.request_made.tracking_code
        self.assertEqual(self.url_open(f"/my/requests/{code}").status_code, 404)

    def test_every_refusal_of_the_tracking_page_costs_the_same(self):
        """Status, bytes and queries tell nothing about what exists."""
        draft = self._make_request(register=False).tracking_code
        self.env.flush_all()
        code = self.request_made.tracking_code
        cases = {
            "wrong digits": (code, "0000"),
            "half the digits": (code, "43"),
            "no such code": ("0000000000", "4318"),
            "not a code": ("1", "4318"),
            "a draft": (draft, "4318"),
        }
        token = self._csrf()
        self.url_open("/desk/track", data={"csrf_token": token, "code": "7"})
        seen = {}
        for case, (wrong, digits) in cases.items():
            data = {"csrf_token": token, "code": wrong, "digits": digits}
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            answer = self.url_open("/desk/track", data=data)
            queries = self.env.cr.sql_log_count - before
            shown = re.sub(r' value="[^"]*"', "", answer.text)
            seen[case] = (answer.status_code, len(shown), queries)
        self.assertEqual(len(set(seen.values())), 1, seen)

    def _kept(self):
        """Return what public pages could add to, counted."""
        return {
            model: self.env[model].search_count([])
            for model in (
                "service.desk.request",
                "service.desk.event",
                "service.desk.opinion",
                "service.desk.appointment",
                "service.desk.request.document",
            )
        } | {
            "files": self.env["ir.attachment"].search_count(
                [("res_model", "=like", "service.desk%"), ("type", "=", "binary")]
            )
        }
