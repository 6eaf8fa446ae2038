from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.agency_base.tools import to_persian_digits

from .common import DeskCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestTransmittal(DeskCase):
    def setUp(self):
        super().setUp()
        self.referral = self.refer(self._make_request())
        self.original = self.referral.request_id.document_ids.filtered(
            lambda line: line.form == "original"
        )

    def _list(self, direction="out"):
        files = self.referral.with_user(self.clerk)
        return (
            self.env["service.desk.transmittal"]
            .with_user(self.clerk)
            ._make_for(files, direction)
        )

    def _sign(self, transmittal):
        transmittal.write({"receiver_name": "رابط واحد", "is_signed_on_paper": True})
        transmittal.action_sign()

    def test_an_original_changes_hands_by_a_signed_list(self):
        paper = self._list()
        self.assertEqual(paper.line_ids.document_id, self.original)
        self._sign(paper)
        self.assertTrue(paper.number)
        self.assertEqual(self.original.holder_id, self.unit)
        back = self._list("back")
        self._sign(back)
        self.assertFalse(self.original.holder_id)
        self.assertNotEqual(back.number, paper.number)

    def test_the_list_is_printed_with_the_original_and_the_code(self):
        paper = self._list()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "service_desk.service_desk_transmittal_report", paper.ids
        )
        self.assertIn(self.original.name, html.decode())
        code = to_persian_digits(self.referral.tracking_code)
        self.assertIn(code, html.decode())
        # It is signed by hand: nothing on it says that it is not valid yet.
        self.assertNotIn("draft-mark", html.decode())
        self.assertIn("………", html.decode())
        paper.action_cancel()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "service_desk.service_desk_transmittal_report", paper.ids
        )
        self.assertRegex(html.decode(), "cancelled|ابطال")

    def test_who_handed_over_and_his_signature_stand_in_the_boxes(self):
        paper = self._list()
        self._sign(paper)
        names = [one["name"] for one in paper._paper_values()["signatures"]]
        self.assertEqual(names, [self.clerk.name, "رابط واحد"])
        back = self._list("back")
        back.write({"receiver_name": self.clerk.name, "signature": PIXEL})
        back.action_sign()
        giver, taker = back._paper_values()["signatures"]
        self.assertEqual(giver["name"], self.liaison.name)
        self.assertEqual(taker["name"], self.clerk.name)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "service_desk.service_desk_transmittal_report", back.ids
        )
        boxes = html.decode().partition('class="signatures"')[2]
        self.assertEqual(boxes.count(PIXEL.decode()), 1)

    def test_a_list_is_called_by_its_unit_and_number(self):
        paper = self._list().with_context(lang="fa_IR")
        self.assertEqual(paper.display_name, self.unit.name)
        self._sign(paper)
        self.assertIn(to_persian_digits(paper.number), paper.display_name)

    def test_nothing_goes_over_without_a_signature(self):
        paper = self._list()
        with self.assertRaises(ValidationError):
            paper.action_sign()
        paper.receiver_name = "رابط"
        with self.assertRaises(ValidationError):
            paper.action_sign()
        self.assertFalse(self.original.holder_id)

    def test_what_is_elsewhere_is_not_handed_over_again(self):
        first, second = self._list(), self._list()
        self._sign(first)
        with self.assertRaisesRegex(ValidationError, "is not here"):
            self._sign(second)
        with self.assertRaises(UserError):
            self._list()

    def test_a_signed_list_does_not_change(self):
        paper = self._list()
        self._sign(paper)
        for change in (
            lambda: paper.write({"receiver_name": "x"}),
            lambda: paper.line_ids.write({"note": "x"}),
            lambda: paper.line_ids.unlink(),
            lambda: paper.sudo().unlink(),
            lambda: paper.write({"number": "1"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_nobody_moves_an_original_by_writing(self):
        with self.assertRaises(UserError):
            self.original.with_user(self.clerk).holder_id = self.unit

    def test_liaisons_read_the_lists_of_their_unit(self):
        paper = self._list()
        self.assertEqual(paper.with_user(self.liaison).desk_id, self.desk)
        lists = self.env["service.desk.transmittal"].with_user(self.other_liaison)
        self.assertFalse(lists.search([]))
        self.assertIn("قرارداد", str(paper._paper_values()["rows"]))

    def test_a_file_without_originals_needs_no_list(self):
        self.original.with_user(self.clerk).is_received = False
        with self.assertRaises(UserError):
            self._list()

    def test_the_wizard_asks_for_a_unit(self):
        wizard = self.env["service.desk.refer"].create(
            {
                "request_id": self._make_request().id,
                "line_ids": [Command.clear()],
            }
        )
        wizard.line_ids.unlink()
        with self.assertRaises(UserError):
            wizard.action_confirm()
