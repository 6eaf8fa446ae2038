from odoo.tests import HttpCase, tagged

from .resolution_common import ResolutionCase


@tagged("post_install", "-at_install")
class TestResolutionFiles(ResolutionCase, HttpCase):
    def test_evidence_is_handed_over_and_its_reading_noted(self):
        resolution = self._communicated()
        proof = self._evidence(resolution, self.worker)
        resolution.with_user(self.worker).report("Proof", 90, proof.ids)
        other = self._evidence(resolution, self.worker)
        path = f"/reform/evidence/{resolution.id}/{proof.id}"
        self.assertIn("/web/login", self.url_open(path).url)
        self.authenticate("reform_secretary", "reform_secretary")
        answer = self.url_open(path)
        self.assertEqual(answer.content, b"%PDF-1.4")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        seen = resolution.update_ids.filtered(lambda line: line.kind == "seen")
        self.assertEqual(seen.user_id, self.users["secretary"])
        for guess in (
            f"/reform/evidence/{resolution.id}/{other.id}",
            f"/reform/evidence/{resolution.id + 1000}/{proof.id}",
        ):
            self.assertEqual(self.url_open(guess).status_code, 404)
        self.authenticate("outsider", "outsider")
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_an_excerpt_is_said_to_be_in_the_making(self):
        resolution = self._communicated()
        path = f"/reform/resolution/{resolution.id}/excerpt.pdf"
        self.authenticate("reform_secretary", "reform_secretary")
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 503)
        self.assertIn("The document is being made", answer.text)
        self.assertTrue(answer.headers["Refresh"])
        waiting = self._adopted(needs_approval=True)
        path = f"/reform/resolution/{waiting.id}/excerpt.pdf"
        for url in (path, f"/reform/minutes/{waiting.meeting_id.id + 1000}/preview"):
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 404)
            self.assertIn("No such document", answer.text)
            self.assertIn('href="/odoo"', answer.text)
