from odoo.tests import tagged

from odoo.addons.agency_base.tools import to_latin_digits, to_persian_digits

from .common import NATIONAL_CODES, NOW, DeskCase


@tagged("post_install", "-at_install")
class TestPapers(DeskCase):
    """Papers that go with a referral, in the language of the agency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.company.partner_id.lang = "fa_IR"

    def _print(self, report, record, user):
        reports = self.env["ir.actions.report"].with_user(user)
        html, _kind = reports._render_qweb_html(f"service_desk.{report}", record.ids)
        return html.decode()

    def test_a_file_goes_to_the_unit_with_a_sheet(self):
        request = self._make_request()
        referral = self.refer(
            request, note="تطبیق با پرونده", letter_number="1405/120", days=2
        )
        paper = self._print("service_desk_referral_report", referral, self.clerk)
        code = request.tracking_code
        for word in (
            "Central",
            "Labour",
            to_persian_digits(f"{code[:3]} {code[3:6]} {code[6:]}"),
            "تطبیق با پرونده",
            "۱۴۰۵/۱۲۰",
            "قرارداد",
        ):
            self.assertIn(word, paper)
        # Only seen at the counter: it is not among the papers that go.
        self.assertNotIn("کارت ملی", paper)
        for secret in (NATIONAL_CODES[0], "9121234318"):
            self.assertNotIn(secret, to_latin_digits(paper))
        self.assertEqual(
            paper, self._print("service_desk_referral_report", referral, self.liaison)
        )

    def test_a_person_goes_inside_with_a_slip_and_a_sheet(self):
        referral = self.refer(
            self._make_request(),
            kind="person",
            coordinated_with="خانم راد",
            coordinated_at=NOW,
            reason="امضای تعهد",
        )
        for report in (
            "service_desk_referral_report",
            "service_desk_referral_slip_report",
        ):
            paper = self._print(report, referral, self.clerk)
            self.assertIn("خانم راد", paper)
            self.assertIn("امضای تعهد", paper)

    def test_persian_sentences_end_where_they_end_in_an_english_paper(self):
        self.company.partner_id.lang = "en_US"
        sentence = "برای بیکاران است."
        service = self._make_service(code="77", summary=sentence, description=sentence)
        isolated = f"\N{FIRST STRONG ISOLATE}{sentence}\N{POP DIRECTIONAL ISOLATE}"
        for report in ("sheet", "leaflet", "poster"):
            paper = self._print(
                f"service_desk_service_{report}_report", service, self.clerk
            )
            self.assertIn(isolated, paper, report)

    def test_the_slip_is_offered_for_persons_only(self):
        report = self.env.ref("service_desk.service_desk_referral_slip_report")
        file = self.refer(self._make_request())
        valid = report.get_valid_action_reports("service.desk.referral", file.ids)
        self.assertNotIn(report.id, valid)
