import gzip
import hashlib
import json
import uuid

from odoo.tests import new_test_user, tagged

from .common_doors import OCTETS, SYNC, DoorCase
from .common_sync import picture

MAX_COMPRESSED = 250 * 1024


@tagged("post_install", "-at_install")
class TestFieldHttp(DoorCase):
    """The doors of the field page, and who knocks at them."""

    def test_page_and_worker(self):
        self._login(self.lead)
        page = self.url_open("/audit/field")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["X-Audit-Field"], "1")
        self.assertIn("frame-ancestors 'none'", page.headers["Content-Security-Policy"])
        self.assertIn("no-store", page.headers["Cache-Control"])
        worker = self.url_open("/audit/field/sw.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/audit/field")
        self.assertIn("javascript", worker.headers["Content-Type"])

    def test_what_the_page_says_without_its_scripts_is_persian(self):
        self.lead.lang = "fa_IR"
        self._login(self.lead)
        page = self.url_open("/audit/field").text
        self.assertRegex(page, r"<title>\s*بازدیدها\s*</title>")
        self.assertNotIn("needs JavaScript", page)

    def test_the_page_is_small(self):
        self._login(self.lead)
        values = self.env["audit.field"].with_user(self.lead)._page_values()
        links = values["styles"] + values["scripts"]
        self.assertEqual(len(links), 2)
        size = sum(len(gzip.compress(self.url_open(link).content, 6)) for link in links)
        self.assertLess(size, MAX_COMPRESSED)

    def test_who_is_no_inspector_comes_to_no_door(self):
        doors = ("/audit/field", "/audit/field/take", SYNC)
        for door in doors:
            body = json.dumps(self._body()).encode() if door == SYNC else None
            reply = self.url_open(door, data=body, allow_redirects=False)
            with self.subTest(door, who="nobody"):
                self.assertIn(reply.status_code, (303, 403))
        self._login(self.users["observer"])
        for door in doors[:2]:
            with self.subTest(door, who="observer"):
                self.assertEqual(self.url_open(door).status_code, 403)
        self.assertEqual(self._post(self._body()).status_code, 403)

    def test_who_is_no_inspector_is_told_so_and_led_back(self):
        agency = new_test_user(self.env, "audit_agency", groups="base.group_portal")
        agency.password = "audit_agency-secret"
        ways_back = (
            (self.users["observer"], 'href="/odoo"'),
            (agency, 'href="/my"'),
        )
        for user, way_back in ways_back:
            self._login(user)
            reply = self.url_open("/audit/field")
            with self.subTest(user.login):
                self.assertEqual(reply.status_code, 403)
                self.assertIn(user.name, reply.text)
                self.assertIn(way_back, reply.text)

    def test_another_site_can_send_nothing(self):
        self._login(self.lead)
        op = self._op("start")
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": ""},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "cross-site"},
        ):
            with self.subTest(headers):
                reply = self._post(self._body(op), **headers)
                self.assertEqual(reply.status_code, 403)
        reply = self._post(self._body(op), Content_Type="text/plain")
        self.assertEqual(reply.status_code, 400)
        self.assertEqual(self.visit.state, "planned")

    def test_what_is_malformed_or_absurd_is_no_reason_to_fall_over(self):
        self._login(self.lead)
        for body in (
            b"{",
            b"[]",
            {"device": "x", "ops": []},
            {"device": "device-0001", "ops": {}},
            {"device": "device-0001", "ops": [1]},
            {"device": "device-0001", "ops": [{}] * 201},
            {"device": "../../etc/passwd", "ops": []},
        ):
            with self.subTest(body=str(body)[:40]):
                self.assertEqual(self._post(body).status_code, 400)
        huge = b'{"device": "device-0001", "ops": [], "x": "' + b"x" * 5_000_000 + b'"}'
        self.assertIn(self._post(huge).status_code, (400, 413))

    def test_thirty_megabytes_are_not_read(self):
        self._login(self.lead)
        self._post(self._body(self._op("start")))
        content = picture()
        photo = str(uuid.uuid4())
        payload = {
            "photo": photo,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        self._post(self._body(self._op("photo", item="A1", payload=payload)))
        door = f"/audit/field/photo/{photo}?start=0"
        reply = self._post(b"x" * 30 * 1024 * 1024, door, **OCTETS)
        self.assertIn(reply.status_code, (400, 413))
        self.assertTrue(self._post(content, door, **OCTETS).json()["done"])

    def test_an_answer_of_another_version_is_refused_and_kept(self):
        self._login(self.lead)
        self._post(self._body(self._op("start")))
        op = self._answer("Z9", "yes")
        verdict = self._post(self._body(op)).json()["verdicts"][op["uuid"]]
        self.assertEqual(verdict["status"], "refused")
        self.assertEqual(verdict["reason"], "unknown_item")
        kept = self.env["audit.answer.op"].search([("uuid", "=", op["uuid"])])
        self.assertEqual(kept.outcome, "refused")

    def test_a_visit_over_http(self):
        self._login(self.lead)
        ops = [self._op("start"), self._answer("A1", "yes")]
        first = self._post(self._body(*ops)).json()["verdicts"]
        self.assertEqual({v["status"] for v in first.values()}, {"applied"})
        again = self._post(self._body(*ops)).json()["verdicts"]
        self.assertEqual({v["status"] for v in again.values()}, {"already"})
        package = self.url_open("/audit/field/take").json()
        self.assertEqual(package["visits"][0]["answers"]["A1"]["revision"], 1)

    def test_photos_are_sent_by_who_took_them_and_read_by_who_may(self):
        self._login(self.lead)
        content = picture((300, 200))
        photo = str(uuid.uuid4())
        payload = {
            "photo": photo,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        self._post(
            self._body(self._op("start"), self._op("photo", item="A1", payload=payload))
        )
        door, shown = f"/audit/field/photo/{photo}", f"/audit/evidence/{photo}"
        self._login(self.inspector)
        self.assertEqual(
            self._post(content, f"{door}?start=0", **OCTETS).status_code, 404
        )
        self._login(self.lead)
        self.assertEqual(self.url_open(shown).status_code, 404, "not there yet")
        reply = self._post(content, f"{door}?start=0", Origin="https://evil.example")
        self.assertEqual(reply.status_code, 403)
        reply = self._post(content, f"{door}?start=-1", **OCTETS)
        self.assertEqual(reply.status_code, 400)
        self.assertTrue(self._post(content, f"{door}?start=0", **OCTETS).json()["done"])
        file = self.url_open(shown)
        self.assertEqual(file.content, content)
        self.assertIn("attachment", file.headers["Content-Disposition"])
        self.assertEqual(file.headers["X-Content-Type-Options"], "nosniff")
        attachment = self.env["audit.evidence"].search([("uuid", "=", photo)])
        attachment = attachment.attachment_id
        self._login(self.inspector)
        self.assertEqual(self.url_open(shown).status_code, 200, "his colleague")
        self._login(self.outsider)
        for url in (
            shown,
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
        ):
            with self.subTest(url):
                self.assertNotEqual(self.url_open(url).content, content)
        self.assertEqual(
            self.url_open(f"/audit/evidence/{uuid.uuid4()}").status_code, 404
        )
        self.assertEqual(self.url_open("/audit/evidence/1").status_code, 404)
