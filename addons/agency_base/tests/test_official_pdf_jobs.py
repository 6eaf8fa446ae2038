from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.agency_base.tests.common import run_jobs
from odoo.addons.agency_base.tests.documents import Document
from odoo.addons.agency_base.tests.test_official_pdf import OfficialPdfCase


@tagged("post_install", "-at_install")
class TestOfficialPdfJobs(OfficialPdfCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "pdf_user", groups="base.group_user,base.group_partner_manager"
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"پرونده {name}", "color": 1} for name in ("یکم", "دوم", "سوم")]
        )

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        # what other addons left in the queue is not ours to run
        self.env["agency.job"].search([]).unlink()

    def _enqueue(self):
        return self.report.with_user(self.user)._enqueue_pdf(
            self.partners.with_user(self.user), "Dossier"
        )

    def test_many_documents_become_one_file_in_the_background(self):
        job = self._enqueue()
        self.assertFalse(job.document_id)
        self.assertEqual((job.done_count, job.total_count), (0, 3))
        run_jobs(self.env)
        self.assertEqual((job.state, job.done_count), ("done", 3), job.error)
        document = Document(job.with_user(self.user).document_id.raw)
        self.assertEqual(len(document.pages), 3)
        for page, partner in enumerate(self.partners):
            self.assertIn(partner.name, document.text(page))
        self.assertEqual(job.document_id.name, "Dossier.pdf")
        self.assertIn(str(job.document_id.id), job.action_download()["url"])

    def test_only_the_file_stays_and_nobody_else_reads_it(self):
        job = self._enqueue()
        run_jobs(self.env)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "agency.job"), ("res_id", "=", job.id)]
        )
        self.assertEqual(attachments, job.document_id)
        stranger = new_test_user(self.env, "pdf_stranger")
        with self.assertRaises(AccessError):
            job.document_id.with_user(stranger).read(["datas"])

    def test_a_job_goes_on_where_it_stopped(self):
        job = self._enqueue()
        report = self.env["ir.actions.report"]
        done = report._render_qweb_pdf(self.report.report_name, self.partners[0].ids)[0]
        job._keep_document("000000", done)
        job.write({"state": "running", "done_count": 1})
        self.partners[0].name = "نامی تازه"
        run_jobs(self.env)
        document = Document(job.document_id.raw)
        self.assertEqual(len(document.pages), 3)
        self.assertIn("پرونده یکم", document.text(0))

    def test_a_record_deleted_meanwhile_is_left_out(self):
        job = self._enqueue()
        self.partners[1].unlink()
        run_jobs(self.env)
        self.assertEqual(len(Document(job.document_id.raw).pages), 2)

    def test_nobody_prints_what_he_may_not_read(self):
        portal = new_test_user(self.env, "pdf_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.report.with_user(portal)._enqueue_pdf(
                self.partners.with_user(portal), "Dossier"
            )
