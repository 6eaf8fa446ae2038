from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import check_digit, is_tracking_code
from .common import NATIONAL_CODES, NOW, DeskCase


@tagged("post_install", "-at_install")
class TestRequest(DeskCase):
    def test_what_a_request_inherits_is_persian(self):
        field = self.env["service.desk.request"]._fields["identifier_kind"]
        persian = self.env(context={"lang": "fa_IR"})
        kinds = dict(field._description_selection(persian))
        self.assertEqual(kinds["national"], "کد ملی")

    def test_code_has_nine_random_digits_and_a_check_digit(self):
        codes = {self._make_request(register=False).tracking_code for _i in range(5)}
        self.assertEqual(len(codes), 5)
        for code in codes:
            self.assertTrue(is_tracking_code(code))
            wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
            self.assertFalse(is_tracking_code(wrong))

    def test_every_swap_of_neighbours_is_noticed(self):
        code = "483902715"
        code += check_digit(code)
        for i in range(9):
            if code[i] == code[i + 1]:
                continue
            swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
            self.assertFalse(is_tracking_code(swapped), swapped)

    def test_wrong_check_digit_of_the_national_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "national code|کد ملی"):
            self._make_request(national_id="0076229646")

    def test_digits_of_any_script_are_accepted(self):
        request = self._make_request(
            national_id="۰۰۷-۶۲۲۹۶۴-۵", mobile="۰۹۱۲ ۱۲۳ ۴۳۱۸", client_name="علي كريمي"
        )
        self.assertEqual(request.national_id, "0076229645")
        self.assertEqual(request.mobile, "+989121234318")
        self.assertEqual(request.client_name, "علی کریمی")

    def test_wrong_mobile_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "mobile"):
            self._make_request(mobile="0912")

    def test_documents_are_copied_from_the_version(self):
        request = self._make_request()
        self.assertEqual(
            request.document_ids.mapped("name"),
            ["کارت ملی", "قرارداد", "پایان کار", "وکالت‌نامه"],
        )

    def test_what_the_agency_obtains_itself_is_never_missing(self):
        request = self._make_request(complete=False)
        missing = request.document_ids.filtered("is_missing").mapped("name")
        self.assertEqual(missing, ["کارت ملی", "قرارداد"])

    def test_all_missing_documents_are_named_at_once(self):
        request = self._make_request(complete=False)
        with self.assertRaisesRegex(ValidationError, "کارت ملی.*قرارداد"):
            request.action_documents_complete()
        self.assertEqual(request.state, "incomplete")

    def test_the_normal_course(self):
        request = self._make_request()
        self.assertEqual(request.date_registered, NOW)
        referral = self.refer(request)
        self.assertEqual(request.state, "referred")
        referral.with_user(self.liaison).action_accept()
        referral.with_user(self.liaison).write({"outcome": "done", "answer": "صادر شد"})
        referral.with_user(self.liaison).action_answer()
        self.assertEqual(request.state, "ready")
        request.action_deliver()
        self.assertEqual(request.state, "delivered")
        self.assertEqual(request.closed_by_id, self.clerk)
        kinds = request.event_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds,
            ["registered", "referred", "accepted", "answered", "ready", "delivered"],
        )

    def test_every_step_not_in_the_table_is_refused(self):
        request = self._make_request()
        for state in ("draft", "informed"):
            with self.assertRaisesRegex(UserError, "cannot become"):
                request.write({"state": state})
        request.action_cancel()
        for state in ("registered", "ready", "delivered", "rejected"):
            with self.assertRaisesRegex(UserError, "cannot become"):
                request.write({"state": state})

    def test_intake_is_not_delivered_before_it_is_ready(self):
        with self.assertRaisesRegex(UserError, "ready first"):
            self._make_request().action_deliver()

    def test_on_the_spot_is_delivered_at_once(self):
        service = self._make_service(
            code="S", mode="on_the_spot", duration_unit="hours", duration_max=0.5
        )
        request = self._make_request(service_id=service.id)
        request.action_deliver()
        self.assertEqual((request.state, request.promise_kept), ("delivered", "kept"))

    def test_information_is_closed_when_given(self):
        service = self._make_service(code="I", mode="information", duration_max=0)
        request = self._make_request(service_id=service.id, complete=False)
        self.assertEqual(request.state, "informed")
        self.assertFalse(request.date_promised)

    def test_stamps_cannot_be_sent(self):
        request = self._make_request()
        for stamp in ("tracking_code", "date_closed", "promise_kept", "version_id"):
            with self.assertRaises(AccessError):
                request.write({stamp: False})
            with self.assertRaises(AccessError):
                self._make_request(**{stamp: False})
        with self.assertRaises(UserError):
            self._make_request(state="delivered")

    def test_client_and_service_do_not_change_once_registered(self):
        request = self._make_request()
        for vals in ({"national_id": NATIONAL_CODES[1]}, {"client_name": "دیگری"}):
            with self.assertRaisesRegex(UserError, "do not change"):
                request.write(vals)

    def test_a_closed_request_does_not_change(self):
        request = self._make_request()
        request.action_cancel()
        with self.assertRaisesRegex(UserError, "closed"):
            request.write({"result": "x"})
        with self.assertRaisesRegex(UserError, "closed"):
            request.document_ids.write({"is_received": False})

    def test_a_registered_request_is_not_deleted(self):
        request = self._make_request()
        for who in (request, request.sudo().with_context(_force_unlink=True)):
            with self.assertRaises(UserError):
                who.unlink()

    def test_rejection_needs_a_listed_reason_and_words(self):
        request = self._make_request()
        with self.assertRaisesRegex(ValidationError, "reason"):
            request.action_reject()
        request.reject_reason_id = self.env.ref("service_desk.reject_reason_invalid")
        with self.assertRaisesRegex(ValidationError, "reason"):
            request.write({"state": "rejected", "reject_reason": "  "})
        request.write({"state": "rejected", "reject_reason": "سند در رهن است"})
        self.assertEqual(str(request.objection_until), "2026-12-02")

    def test_a_clerk_gives_reason_and_words_at_once(self):
        request = self._make_request()
        reason = self.env.ref("service_desk.reject_reason_invalid")
        wizards = self.env["service.desk.reject"].with_context(
            default_request_id=request.id
        )
        with self.assertRaisesRegex(ValidationError, "reason"):
            wizards.with_user(self.clerk).create(
                {"reject_reason_id": reason.id, "reject_reason": "  "}
            ).action_confirm()
        with self.assertRaises(AccessError):
            wizards.with_user(self.other_clerk).create(
                {"reject_reason_id": reason.id, "reject_reason": "x"}
            ).action_confirm()
        self.assertEqual(request.state, "registered")
        request.reject_reason_id = reason
        with Form(wizards.with_user(self.clerk)) as wizard:
            self.assertEqual(wizard.reject_reason_id, reason, "chosen before")
            wizard.reject_reason = "سند در رهن است"
        wizard.record.action_confirm()
        self.assertEqual(request.state, "rejected")
        self.assertEqual(request.reject_reason, "سند در رهن است")

    def test_the_database_refuses_an_unexplained_rejection(self):
        request = self._make_request()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.cr.execute(
                "UPDATE service_desk_request SET state = 'rejected',"
                " date_closed = now() WHERE id = %s",
                [request.id],
            )

    def test_an_objection_is_a_new_request_for_another_reviewer(self):
        request = self._make_request()
        request.write(
            {
                "reject_reason_id": self.env.ref(
                    "service_desk.reject_reason_invalid"
                ).id,
                "reject_reason": "سند در رهن است",
                "state": "rejected",
            }
        )
        appeal = request.action_appeal("رهن آزاد شده است")
        self.assertEqual(appeal.state, "registered")
        self.assertNotEqual(appeal.tracking_code, request.tracking_code)
        self.assertFalse(appeal.user_id, "who rejected does not review")
        self.assertEqual(request.state, "rejected")
        with self.assertRaisesRegex(UserError, "already"):
            request.action_appeal("دوباره")

    def test_an_objection_after_its_time_is_refused(self):
        request = self._make_request()
        self.company.desk_appeal_days = 0
        request.write(
            {
                "reject_reason_id": self.env.ref("service_desk.reject_reason_other").id,
                "reject_reason": "x",
                "state": "rejected",
            }
        )
        request._set_stamps({"objection_until": "2026-11-21"})
        with self.assertRaisesRegex(UserError, "ended"):
            request.action_appeal("x")

    def test_a_closed_desk_takes_no_request(self):
        request = self._make_request(register=False, user=self.supervisor)
        self.desk.active = False
        with self.assertRaisesRegex(ValidationError, "closed"):
            request.action_register()

    def test_search_by_code_identifier_or_name(self):
        request = self._make_request()
        requests = self.env["service.desk.request"].with_user(self.clerk)
        code = request.tracking_code
        self.env.flush_all()
        for text in (code, f"{code[:3]} {code[3:6]} {code[6:]}", "0076229645", "امینی"):
            self.assertIn(
                request, requests.search([("display_name", "ilike", text)]), text
            )
        self.assertNotIn(
            request, requests.search([("display_name", "ilike", "0076229646")])
        )

    def test_overdue_and_its_search_agree(self):
        request = self._make_request()
        self.assertFalse(request.is_overdue)
        request._set_stamps({"date_deadline": "2026-11-20 10:00:00"})
        self.assertTrue(request.is_overdue)
        overdue = self.env["service.desk.request"].search([("is_overdue", "=", True)])
        self.assertIn(request.with_env(self.env), overdue)

    def test_payment_needs_its_method(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._make_request(fee_paid=1000)
            self.env.flush_all()
