import re

from odoo import http
from odoo.tests import tagged

from .common_follow import PDF
from .common_routes import GUESS, HUGE, RouteCase

# What a route answers to whoever has no business there, but for a log-in page.
CLOSED = (303, 403, 404)


@tagged("post_install", "-at_install")
class TestRoutes(RouteCase):
    """Every route of the addon × everybody who has no business there.

    The table of ``RouteCase`` must name each: a new one fails here until attacked.
    """

    # Lists of one's own: they show others nothing, and so are open to any account.
    OWN_LISTS = {"/my/declarations", "/my/findings", "/my/findings/page/<int:page>"}
    # The worker of the field page holds no data: it is the same for everybody.
    PUBLIC = {"/audit/field/sw.js"}

    def _ask(self, address, is_post, token=True):
        if not is_post:
            # Where it leads counts: to the language of the user, or to a log-in.
            return self.url_open(address)
        data = {"csrf_token": http.Request.csrf_token(self)} if token else {"x": "x"}
        return self.url_open(address, data=data, allow_redirects=False)

    def _is_quiet(self, reply, user):
        if "/web/login" not in reply.url:
            self.assertIn(reply.status_code, CLOSED)
        for secret in (
            self.agency.name,
            self.finding.name,
            self.action.name,
            "Secret order",
            self.lead.name,
        ):
            self.assertNotIn(secret, reply.text, user)

    def test_the_table_names_every_route(self):
        known = set(self._table()) | self.OWN_LISTS | self.PUBLIC
        ours = {
            rule
            for rule, endpoint in http._generate_routing_rules(
                sorted(self.registry._init_modules), nodb_only=False
            )
            if "audit_checklist" in endpoint.func.__module__
        }
        self.assertEqual(ours, known)

    def test_nobody_comes_in_who_has_no_business_there(self):
        # Whom which address is open to, by right; all others are attackers.
        self.env.flush_all()
        facts = self._facts()
        for login in (None, self.stranger_agency, self.clerk, self.foreigner):
            self.authenticate(login and login.login, login and login.login)
            for route, (address, is_post) in self._table().items():
                if login == self.foreigner and route in self._open_to_inspectors():
                    continue
                with self.subTest(user=login and login.login, route=route):
                    self._is_quiet(self._ask(address, is_post), login)
        self.env.invalidate_all()
        self.assertEqual(self._facts(), facts)

    def _open_to_inspectors(self):
        # An administrator of another company is an inspector there, without visits.
        return {"/audit/field", "/audit/field/take"}

    def _facts(self):
        return (
            self.finding.state,
            self.action.state,
            str(self.action.date_due),
            self.declaration.state,
            len(self.declaration.answer_ids),
            self.document.state,
            self.order.state,
            len(self.report.order_ids),
        )

    def test_guesses_find_nothing(self):
        for user in (self.representative, self.officer):
            self.authenticate(user.login, user.login)
            guesses = self._table(HUGE, HUGE, HUGE, HUGE, (GUESS,) * 3)
            guesses |= {
                f"{route} bad": (address.replace(GUESS, "..%2f..%2fetc"), is_post)
                for route, (address, is_post) in guesses.items()
                if GUESS in address
            }
            for route, (address, is_post) in guesses.items():
                if not re.search(r"<(int|string):(?!paper)", route):
                    continue
                with self.subTest(user=user.login, route=route):
                    self.assertIn(self._ask(address, is_post).status_code, (403, 404))

    def test_a_form_without_its_token_does_nothing(self):
        facts = self._facts()
        for user in (self.representative, self.users["observer"], self.officer):
            self.authenticate(user.login, user.login)
            for route, (address, is_post) in self._table().items():
                if not is_post:
                    continue
                with self.subTest(user=user.login, route=route):
                    reply = self._ask(address, is_post, token=False)
                    self.assertIn(reply.status_code, (400, 403, 404))
        self.env.invalidate_all()
        self.assertEqual(self._facts(), facts)

    def _send(self, address, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(address, data=data, allow_redirects=False)

    def test_a_form_that_arrives_twice_does_it_once(self):
        report = f"/audit/report/{self.report.id}"
        found = f"/my/findings/{self.finding.id}"
        order = {"line": "general", "text": "Twice", "owner": "Head"}
        action = {"name": "Twice", "owner": "Head", "date_due": "2026-07-12"}
        declared = f"/my/declarations/{self.declaration.instance_uuid}"
        document = f"{declared}/document/{self.document.uuid}"
        self.authenticate(self.users["observer"].login, self.users["observer"].login)
        for _time in range(2):
            reply = self._send(f"{report}/order", date_due="2026-07-12", **order)
            self.assertEqual(reply.status_code, 303)
        [said] = self.report.order_ids.filtered(lambda o: o.text == "Twice")
        self.authenticate(self.officer.login, self.officer.login)
        for text in ("First", "Second"):
            self._send(f"{report}/answer/{said.id}", answer=text)
        self.assertEqual((said.state, said.answer), ("answered", "First"))
        self.authenticate(self.representative.login, self.representative.login)
        for _time in range(2):
            self._send(f"{found}/action", **action)
            self._send(f"{found}/answer", answer="contest", text="Too late")
        made = self.finding.action_ids.filtered(lambda a: a.name == "Twice")
        self.assertEqual((len(made), self.finding.state), (1, "accepted"))
        for _time in range(2):
            self._send(f"{found}/action/{self.action.id}/done", note="Done")
        self.assertEqual(self.action.state, "claimed")
        for status in (200, 404):
            reply = self._send(f"{document}/remove")
            self.assertEqual(reply.status_code, status)
        self._fill(A1="yes", A2="yes", B1="yes")
        for _time in range(2):
            self._send(f"{declared}/submit")
        self.assertEqual(self.declaration.state, "submitted")

    def test_an_absurd_body_is_refused_before_it_is_read(self):
        self.authenticate(self.representative.login, self.representative.login)
        for route, (address, is_post) in self._table().items():
            if not is_post or route.startswith("/audit/"):
                continue
            with self.subTest(route):
                reply = self.url_open(
                    address,
                    data={
                        "csrf_token": http.Request.csrf_token(self),
                        "text": "x" * 34 * 1024 * 1024,
                    },
                    allow_redirects=False,
                )
                self.assertEqual(reply.status_code, 413)

    def test_lists_show_others_nothing(self):
        for user in (self.stranger_agency, self.clerk, self.foreigner):
            self.authenticate(user.login, user.login)
            for address in ("/my/declarations", "/my/findings"):
                with self.subTest(user=user.login, address=address):
                    text = self.url_open(address).text
                    self.assertNotIn(self.agency.name, text)
                    self.assertNotIn(self.finding.name, text)

    def test_files_are_not_reached_by_their_attachment(self):
        attachments = self.proof.attachment_id | self.document.attachment_id
        for login in (None, self.stranger_agency, self.clerk, self.representative):
            self.authenticate(login and login.login, login and login.login)
            for attachment in attachments:
                for address in (
                    f"/web/content/{attachment.id}",
                    f"/web/image/{attachment.id}",
                    f"/web/content/ir.attachment/{attachment.id}/raw",
                ):
                    with self.subTest(user=login and login.login, address=address):
                        self.assertNotIn(PDF, self.url_open(address).content)
