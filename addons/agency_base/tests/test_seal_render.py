import io
import json
import zipfile
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.agency_base.controllers.verify import ATTEMPTS
from odoo.addons.agency_base.tests.common import run_jobs
from odoo.addons.agency_base.tests.seal_common import SealCase
from odoo.addons.agency_base.tools.sql import append_only_lifted


@tagged("post_install", "-at_install")
class TestSealRender(SealCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.enterContext(
            patch.object(self.registry["agency.toy.document"], "_seal_report", "toy")
        )

    def _render(self, outcome):
        report = self.registry["ir.actions.report"]
        return patch.object(report, "_render_qweb_pdf", outcome)

    def test_the_pdf_comes_later_and_joins_the_chain(self):
        document = self._sealed()
        self.assertFalse(document.seal_id._files())
        with self._render(lambda *args, **kw: (b"%PDF-1.7", "pdf")):
            run_jobs(self.env)
        file = document.seal_id._files()
        self.assertEqual((file.kind, file.title), ("file", "T-1.pdf"))
        self.assertFalse(self._problems())
        document.seal_id.action_render()
        run_jobs(self.env)
        self.assertEqual(document.seal_id._files(), file)

    @mute_logger("odoo.addons.agency_base.models.agency_job_run")
    def test_a_failed_render_leaves_the_document_approved(self):
        def fail(*args, **kw):
            raise RuntimeError

        document = self._sealed()
        with self._render(fail):
            run_jobs(self.env)
        job = self.env["agency.job"].search([("model", "=", "agency.seal")], limit=1)
        self.assertTrue(document.is_sealed)
        self.assertEqual((job.state, job.attempts), ("pending", 1))
        self.assertFalse(self._problems())

    def test_no_uninstall_loses_what_was_not_exported(self):
        self._sealed(2)
        module = self.env.ref("base.module_agency_base")
        for uninstall in (module.button_uninstall, module.module_uninstall):
            with self.assertRaises(UserError):
                uninstall()
        chains = self.env["agency.seal.chain"].search([("length", ">", 0)])
        for chain in chains:
            chain.action_export()
        run_jobs(self.env)
        archive = self.env["ir.attachment"].search(
            [("res_model", "=", "agency.seal.chain"), ("name", "like", "seals-")]
        )
        self.assertTrue(archive)
        module._refuse_to_lose_seals(module)

    def test_an_export_of_many_entries_is_several_archives(self):
        documents = self._sealed(7)
        documents.seal_id[0]._add_file("a.pdf", b"%PDF-1.7", "application/pdf")
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        module = "odoo.addons.agency_base.models.agency_seal_export"
        with patch(f"{module}.PART_ENTRIES", 4), patch(f"{module}.BATCH", 2):
            for _again in range(2):
                chain.action_export()
                run_jobs(self.env)
        self.assertEqual(chain.exported_length, 8)
        parts = self.env["ir.attachment"].search(
            [("res_model", "=", chain._name), ("res_id", "=", chain.id)], order="id"
        )
        positions, files = [], []
        for part in parts:
            with zipfile.ZipFile(io.BytesIO(part.raw)) as bundle:
                lines = bundle.read("seals.jsonl").decode().splitlines()
                positions.append([json.loads(line)["position"] for line in lines])
                files += [bundle.read(n) for n in bundle.namelist() if "files/" in n]
        self.assertEqual(positions, [[1, 2, 3, 4], [5, 6, 7, 8]])
        self.assertEqual(files, [b"%PDF-1.7"])

    def test_the_head_leaves_the_house_every_week_in_words_of_the_body(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.company.partner_id.lang = "fa_IR"
        self.env.ref("base.user_admin").company_ids |= self.company
        self._sealed(2)
        with self.registry.cursor() as cr:
            chains = api.Environment(cr, SUPERUSER_ID, {})["agency.seal.chain"]
            chains._cron_verify()
        self.env.invalidate_all()
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        message = chain.message_ids[0]
        whole = message.body.replace("<wbr>", "").replace("</wbr>", "")
        self.assertIn(chain.head_hash, whole)
        # on a phone, and in a mail program, a hash goes on in the next line
        self.assertNotRegex(message.body, "[0-9a-f]{17}")
        self.assertIn("۲<br", message.body)
        self.assertNotIn("Entries", message.body)
        self.assertIn(self.env.ref("base.partner_admin"), message.partner_ids)
        self.assertNotIn("Verify", chain.job_id.name)
        run_jobs(self.env)
        self.assertEqual(chain.verdict, "intact")

    def test_asking_for_a_check_does_not_write_the_row_that_sealing_writes(self):
        self._sealed(1)
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        self.env.flush_all()

        def version():
            self.env.cr.execute(
                "SELECT xmin, cmin, ctid FROM agency_seal_chain WHERE id = %s",
                [chain.id],
            )
            return self.env.cr.fetchone()

        before = version()
        chain.action_verify()
        chain.action_export()
        self.env.flush_all()
        self.assertEqual(version(), before)
        self.assertEqual(chain.job_id.method, "_job_export")

    def test_a_broken_chain_is_told_to_the_administrators(self):
        self._sealed(2)
        chain = self.env["agency.seal.chain"].search(
            [("company_id", "=", self.company.id)]
        )
        self.env.user.company_ids |= self.company
        self.company.partner_id.lang = "en_US"
        chain.action_verify()
        run_jobs(self.env)
        self.assertEqual((chain.verdict, chain.checked_length), ("intact", 2))
        with append_only_lifted(self.env.cr, "agency_seal"):
            self.env.cr.execute("UPDATE agency_seal SET number = 'x'")
        chain.action_verify()
        run_jobs(self.env)
        self.assertEqual(chain.verdict, "broken")
        self.assertIn("changed", chain.problem_text)
        self.assertIn("tampered", str(chain.message_ids.mapped("subject")))


# Chooses the issued file and another one, and waits for what the page says of each.
COMPARE = """
(async () => {
    const input = document.getElementById("file");
    const cases = [["%PDF-1.7", "same"], ["%PDF-1.8", "different"]];
    for (const [content, expected] of cases) {
        const chosen = new DataTransfer();
        chosen.items.add(new File([content], "a.pdf"));
        input.files = chosen.files;
        input.dispatchEvent(new Event("change"));
        while (document.getElementById(expected).hidden) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const shown = [...document.querySelectorAll("section .verdict")].filter(
            (verdict) => !verdict.hidden
        );
        const named = document.getElementById("chosen").textContent === "a.pdf";
        if (shown.length !== 1 || !named) {
            console.error("verdicts shown: " + shown.length);
        }
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestVerifyRoute(SealCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.seal = self._sealed().seal_id
        self.seal._add_file("T-1.pdf", b"%PDF-1.7", "application/pdf")
        self.env.flush_all()

    def test_anybody_learns_that_a_document_is_authentic(self):
        answer = self.url_open(f"/verify/{self.seal.code}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        for text in ("T/۱", "فرمانداری", "verdict good"):
            self.assertIn(text, answer.text)
        self.assertNotIn("989123456789", answer.text)
        self.assertNotIn("Shorter forms", answer.text)
        self.assertIn("data-hashes", answer.text)
        lower = self.url_open(f"/verify/{self.seal.code.lower()}")
        self.assertEqual(lower.status_code, 200)

    def test_a_redacted_document_says_so_and_is_authentic(self):
        note = "Personal data of this document were removed"
        seals = self.env["agency.seal"]
        with patch.object(type(seals), "_seal_lang", lambda *_args: "en_US"):
            self.assertNotIn(note, self.url_open(f"/verify/{self.seal.code}").text)
            self.seal._redact("Retention period over")
            self.env.flush_all()
            answer = " ".join(self.url_open(f"/verify/{self.seal.code}").text.split())
        for text in (note, "verdict good", "data-hashes"):
            self.assertIn(text, answer)

    def test_a_changed_document_is_not_confirmed(self):
        with append_only_lifted(self.env.cr, "agency_seal"):
            self.env.cr.execute(
                SQL("UPDATE agency_seal SET number = 'x' WHERE id = %s", self.seal.id)
            )
        self.env.invalidate_all()
        answer = self.url_open(f"/verify/{self.seal.code}")
        self.assertIn("verdict bad", answer.text)

    def test_an_amended_document_is_no_longer_in_force(self):
        document = self.env["agency.toy.document"].browse(self.seal.res_id)
        document._seal_new_version()._seal()
        answer = self.url_open(f"/verify/{self.seal.code}")
        self.assertIn("verdict note", answer.text)

    def test_a_guess_learns_nothing_and_is_slowed_down(self):
        file = self.seal._files()
        answers = [
            self.url_open(f"/verify/{code}")
            for code in ("A" * 16, file.code, "%25", "1")
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)
        for _attempt in range(ATTEMPTS):
            answer = self.url_open(f"/verify/{self.seal.code}")
        self.assertEqual(answer.status_code, 429)
        self.assertNotIn("T/۱", answer.text)

    def test_absurd_codes_do_no_harm(self):
        for code in ("x" * 5000, "٠" * 300, "%00", "..%2f..%2fetc", "é"):
            self.assertEqual(self.url_open(f"/verify/{code}").status_code, 404, code)

    def test_the_browser_compares_the_file_by_itself(self):
        self.browser_js(
            f"/verify/{self.seal.code}",
            COMPARE,
            # Before the page has loaded, nothing listens yet.
            ready="document.readyState === 'complete'",
        )
