import re
import uuid

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common_declaration import DeclarationCase
from .common_field import TODAY
from .common_follow import PDF

GUESS = str(uuid.UUID(int=7))
HUGE = 10**14
# What a route answers to whoever has no business there, but for a log-in page.
CLOSED = (303, 403, 404)


@tagged("post_install", "-at_install")
class TestRoutes(DeclarationCase, HttpCase):
    """Every route of the addon × everybody who has no business there.

    The table below must name each route: a new one fails here until it is attacked.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding.with_user(cls.officer).action_issue()
        cls.finding.with_user(cls.representative).sudo()._agency_answer("accept", "")
        cls.action = cls.env["audit.action"].create(
            {
                "finding_id": cls.finding.id,
                "name": "Secret action",
                "owner": "Head",
                "date_due": "2026-07-10",
            }
        )
        cls.proof = cls.env["audit.action.proof"]._add(cls.action, "a.pdf", PDF)
        cls.document = (
            cls.declaration.with_user(cls.representative)
            .sudo()
            ._declare_document("A1", "a.pdf", PDF)
        )
        cls.report = cls.env["audit.daily.report"]._freeze(cls.phase, TODAY)
        cls.order = cls.env["audit.daily.order"].create(
            {
                "report_id": cls.report.id,
                "subject": "All",
                "text": "Secret order",
                "owner": "Head",
                "date_due": TODAY,
            }
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other province"})
        cls.foreigner = new_test_user(
            cls.env,
            "audit_foreigner",
            groups="audit_checklist.group_administrator,base.group_allow_export",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.clerk = new_test_user(cls.env, "audit_clerk3", groups="base.group_user")

    def _table(self, report=None, finding=None, action=None, order=None, keys=None):
        """Return ``{route: (address, whether it is posted to)}``."""
        report = report or self.report.id
        finding = finding or self.finding.id
        action = action or self.action.id
        order = order or self.order.id
        declared, document, proof = keys or (
            self.declaration.instance_uuid,
            self.document.uuid,
            self.proof.uuid,
        )
        version = HUGE if keys else self.version.id
        paper, round_path = f"/audit/report/{report}", f"/my/declarations/{declared}"
        found = f"/my/findings/{finding}"
        return {
            "/audit/report/<int:report_id>": (paper, False),
            "/audit/report/<int:report_id>/order": (f"{paper}/order", True),
            "/audit/report/<int:report_id>/answer/<int:order_id>": (
                f"{paper}/answer/{order}",
                True,
            ),
            "/audit/report/<int:report_id>/settle/<int:order_id>": (
                f"{paper}/settle/{order}",
                True,
            ),
            "/audit/report/<int:report_id>/<any(pdf, xlsx):form>": (
                f"{paper}/pdf",
                False,
            ),
            "/audit/field": ("/audit/field", False),
            "/audit/field/take": ("/audit/field/take", False),
            "/audit/field/sync": ("/audit/field/sync", True),
            "/audit/field/photo/<string:uuid>": (f"/audit/field/photo/{proof}", True),
            "/audit/evidence/<string:uuid>": (f"/audit/evidence/{document}", False),
            "/audit/paper/<string:paper>": ("/audit/paper/letter", False),
            "/audit/proof/<string:uuid>": (f"/audit/proof/{proof}", False),
            "/audit/checklist/<int:version_id>/xlsx": (
                f"/audit/checklist/{version}/xlsx",
                False,
            ),
            "/my/declarations/<string:uuid>": (round_path, False),
            "/my/declarations/<string:uuid>/answer": (f"{round_path}/answer", True),
            "/my/declarations/<string:uuid>/document": (f"{round_path}/document", True),
            "/my/declarations/<string:uuid>/document/<string:document>": (
                f"{round_path}/document/{document}",
                False,
            ),
            "/my/declarations/<string:uuid>/document/<string:document>/remove": (
                f"{round_path}/document/{document}/remove",
                True,
            ),
            "/my/declarations/<string:uuid>/submit": (f"{round_path}/submit", True),
            "/my/findings/<int:finding_id>": (found, False),
            "/my/findings/<int:finding_id>/answer": (f"{found}/answer", True),
            "/my/findings/<int:finding_id>/action": (f"{found}/action", True),
            "/my/findings/<int:finding_id>/action/<int:action_id>/done": (
                f"{found}/action/{action}/done",
                True,
            ),
            "/my/findings/<int:finding_id>/action/<int:action_id>/move": (
                f"{found}/action/{action}/move",
                True,
            ),
            "/my/findings/proof/<string:uuid>": (f"/my/findings/proof/{proof}", False),
        }

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

    def test_other_companies_read_none_of_it(self):
        for record in (
            self.call,
            self.declaration,
            self.declaration.evidence_ids[:1],
            self.finding,
            self.action,
            self.proof,
            self.report,
            self.order,
            self.visit,
            self.visit.assessment_id.answer_ids[:1],
            self.visit.assessment_id.section_score_ids[:1],
            self.phase,
            self.programme,
            self.team,
            self.agency,
        ):
            foreign = record.with_user(self.foreigner)
            with self.subTest(record=record):
                self.assertTrue(record)
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                self.assertEqual(
                    foreign._read_group([("id", "=", record.id)], [], ["__count"]),
                    [(0,)],
                )
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])
                with self.assertRaises(AccessError):
                    foreign.export_data(["display_name"])
        for model in (
            "audit.answer.report",
            "audit.gap.report",
            "audit.credibility.report",
            "audit.ranking.report",
            "audit.inspector.report",
        ):
            self.env.flush_all()
            with self.subTest(model):
                self.assertFalse(self.env[model].with_user(self.foreigner).search([]))
        reports = self.env["audit.answer.report"].with_user(self.foreigner)
        self.assertFalse(reports.get_heat_map()["rows"])
        with self.assertRaises(AccessError):
            self.visit.with_user(self.foreigner).get_review()
