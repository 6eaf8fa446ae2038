import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import mute_logger, tagged

from ..tools import score
from .common import AuditCase


@tagged("post_install", "-at_install")
class TestVersion(AuditCase):
    def test_numbers_follow_each_other(self):
        self.assertEqual(self.version.version_no, 1)
        self._publish()
        draft = self.version.copy()
        self.assertEqual(draft.version_no, 2)
        self.assertEqual(draft.state, "draft")

    def test_changes_are_counted(self):
        before = self.version.revision
        self.first.weight = 7
        self.assertGreater(self.version.revision, before)

    def test_published_content_is_frozen_for_everyone(self):
        condition = self._depend(self.third, self.first, "yes")
        self.first.comment_phrase_ids = [Command.create({"name": "Dirty"})]
        self._publish()
        option = self.yes_part_no.option_ids[0]
        frozen = {
            self.version: {"critical_cap": 10},
            self.section: {"name": "Other"},
            self.first: {"weight": 9},
            condition: {"option_ids": [Command.clear()]},
            self.first.comment_phrase_ids: {"name": "Clean"},
            self.yes_part_no: {"name": "Other"},
            option: {"ratio": 0.9},
            self.version.grade_scale_id: {"name": "Other"},
            self.version.grade_scale_id.band_ids[0]: {"minimum": 90},
        }
        forged = {
            "install_mode": True,
            "_force_unlink": True,
            "tracking_disable": True,
            "module": "base",
            "import_file": True,
        }
        for record, vals in frozen.items():
            for env in (
                self.env,
                self.env(su=True),
                self.env(user=self.users["administrator"]),
                self.env(context=forged),
            ):
                record = record.with_env(env)
                with self.subTest(record=record, su=env.su, context=env.context):
                    with self.assertRaises(UserError):
                        record.write(vals)
                    with self.assertRaises(UserError):
                        record.unlink()
        for record in (self.first, self.section, option):
            with self.subTest(record=record), self.assertRaises(UserError):
                record.update_field_translations("name", {"en_US": "Forged"})
        self.assertEqual(self.version.content_hash, self.version._content_digest())

    def test_nothing_is_added_to_a_published_version(self):
        self._publish()
        additions = {
            "audit.checklist.section": {
                "version_id": self.version.id,
                "code": "C",
                "name": "New",
            },
            "audit.checklist.item": {
                "section_id": self.section.id,
                "code": "A9",
                "name": "New",
                "response_set_id": self.yes_part_no.id,
            },
            "audit.checklist.condition": {
                "item_id": self.second.id,
                "parent_item_id": self.first.id,
            },
            "audit.checklist.phrase": {"item_id": self.first.id, "name": "New"},
            "audit.response.option": {
                "set_id": self.yes_part_no.id,
                "code": "new",
                "name": "New",
            },
            "audit.checklist.approval": {
                "version_id": self.version.id,
                "body_id": self.env.ref("audit_checklist.audit_body_governor").id,
            },
        }
        for model, vals in additions.items():
            with self.subTest(model), self.assertRaises(UserError):
                self.env[model].create(vals)

    def test_an_item_does_not_move_into_a_published_version(self):
        self._publish()
        draft = self.version.copy()
        with self.assertRaises(UserError):
            draft.item_ids[0].section_id = self.section
        with self.assertRaises(UserError):
            self.first.section_id = draft.section_ids[0]

    def test_stamps_are_not_entered(self):
        for vals in (
            {"published_on": "2020-01-01"},
            {"published_by_id": self.env.uid},
            {"content_hash": "0" * 64},
            {"version_no": 9},
            {"revision": 0},
            {"state": "published", "published_on": "2020-01-01"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.version.write(vals)
        with self.assertRaises(UserError):
            self.env["audit.checklist.version"].create(
                {"checklist_id": self.checklist.id, "state": "published"}
            )

    def test_states_follow_the_table(self):
        with self.assertRaises(UserError):
            self.version.write({"state": "retired"})
        self._publish()
        with self.assertRaises(UserError):
            self.version.write({"state": "draft"})
        self.version.action_retire()
        self.assertTrue(self.version.retired_on)
        for state in ("draft", "published"):
            with self.subTest(state), self.assertRaises(UserError):
                self.version.write({"state": state})

    def test_writing_the_same_state_changes_nothing(self):
        self._publish()
        stamp = self.version.published_on, self.version.published_by_id
        self.version.write({"state": "published"})
        self.assertEqual(
            (self.version.published_on, self.version.published_by_id), stamp
        )

    def test_publishing_retires_the_version_before(self):
        self._publish()
        draft = self._publish(self.version.copy())
        self.assertEqual(self.version.state, "retired")
        self.assertEqual(self.checklist.current_version_id, draft)

    def test_a_second_draft_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.version.copy()
            self.env.flush_all()

    def test_a_published_version_is_kept(self):
        self._publish()
        with self.assertRaises(UserError):
            self.version.unlink()
        with self.assertRaises(UserError):
            self.checklist.unlink()

    def test_a_draft_goes_with_all_its_content(self):
        self._depend(self.third, self.first, "yes")
        self.version.with_user(self.approver).action_approve()
        items = self.version.item_ids
        self.checklist.unlink()
        self.assertFalse(items.exists())

    def test_a_new_version_keeps_codes_and_conditions(self):
        condition = self._depend(self.third, self.first, "yes", "part")
        self.first.comment_phrase_ids = [Command.create({"name": "Dirty"})]
        self.first.with_context(lang="en_US").guidance = "Look closely"
        self._publish()
        draft = self.version.copy()
        self.assertEqual(
            draft.item_ids.mapped("code"), self.version.item_ids.mapped("code")
        )
        copied = draft.item_ids.condition_ids
        self.assertEqual(copied.parent_item_id.version_id, draft)
        self.assertEqual(copied.option_ids, condition.option_ids)
        first = draft.item_ids.filtered(lambda item: item.code == "A1")
        self.assertEqual(first.comment_phrase_ids.mapped("name"), ["Dirty"])
        self.assertEqual(first.guidance, "Look closely")
        self.assertEqual(draft._content_digest(), self.version.content_hash)

    def test_a_new_version_keeps_every_language(self):
        for code in ("en_US", "fa_IR"):
            self.env["res.lang"]._activate_lang(code)
        self.first.comment_phrase_ids = [Command.create({"name": "Dirty"})]
        texts = {
            self.section: "مکان",
            self.first: "میز در همکف است",
            self.first.phrase_ids: "کثیف",
        }
        for record, text in texts.items():
            record.with_context(lang="fa_IR").name = text
        self._publish()
        draft = self.version.copy().with_context(lang="fa_IR")
        first = draft.item_ids.filtered(lambda item: item.code == "A1")
        copies = (first.section_id, first, first.phrase_ids)
        self.assertEqual([copy.name for copy in copies], list(texts.values()))
        self.assertEqual(first.with_context(lang="en_US").name, "Item A1")

    def test_a_copied_checklist_begins_anew(self):
        self._publish()
        copy = self.checklist.copy()
        self.assertEqual(copy.version_ids.mapped("state"), ["draft"])
        self.assertEqual(copy.version_ids.version_no, 1)
        self.assertEqual(len(copy.version_ids.item_ids), 3)
        self.assertNotEqual(copy.code, self.checklist.code)

    def test_weights_that_sum_to_nothing_are_refused(self):
        self.version.item_ids.write({"weight": 0})
        with self.assertRaisesRegex(ValidationError, "sum to nothing"):
            self.version.with_user(self.approver).action_approve()
        self.version.item_ids.write({"weight": 1})
        self.version.section_ids.write({"weight": 0})
        with self.assertRaisesRegex(ValidationError, "sum to nothing"):
            self.version.with_user(self.approver).action_approve()

    def test_a_weighty_section_of_nothing_is_refused(self):
        self.third.weight = 0
        with self.assertRaisesRegex(ValidationError, "Staff"):
            self.version.with_user(self.approver).action_approve()

    def test_a_refused_weight_is_written_in_the_reader_s_digits(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.section.item_ids.weight = 0
        self.approver.lang = "fa_IR"
        version = self.version.with_user(self.approver).with_context(lang="fa_IR")
        with self.assertRaisesRegex(ValidationError, "وزن ۶۰ دارد"):
            version.action_approve()

    def test_an_empty_version_is_not_published(self):
        self.version.item_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "no items"):
            self.version.action_request_approval()

    def test_an_answer_set_without_answers_is_not_published(self):
        empty = self.env["audit.response.set"].create({"name": "Empty", "code": "E"})
        self.first.response_set_id = empty
        with self.assertRaisesRegex(ValidationError, "Empty"):
            self.version.action_request_approval()

    def test_a_set_of_a_published_version_says_to_duplicate_it(self):
        self._publish()
        for record in (self.yes_part_no, self.yes_part_no.option_ids[0]):
            with (
                self.subTest(record=record),
                self.assertRaisesRegex(UserError, "Duplicate the set"),
            ):
                record.with_user(self.officer).name = "Other"

    def test_reorder_moves_items_and_sections(self):
        self.version.reorder(
            [
                {"id": self.other_section.id, "items": [self.second.id, self.third.id]},
                {"id": self.section.id, "items": [self.first.id]},
            ]
        )
        self.assertEqual(
            self.version.section_ids.mapped("code"),
            ["B", "A"],
        )
        self.assertEqual(self.other_section.item_ids.mapped("code"), ["A2", "B1"])

    def test_an_outdated_order_is_refused(self):
        outdated = [{"id": self.section.id, "items": [self.first.id]}]
        self.assertFalse(self.version.reorder(outdated))
        self.assertEqual(self.section.item_ids, self.first + self.second)

    def test_the_design_can_be_scored(self):
        design = self.version.get_design()
        answers = {code: {"option": "yes"} for code in ("A1", "A2", "B1")}
        self.assertEqual(score(design, answers)["score"], 100)
        answers["B1"] = {"option": "no"}
        result = score(design, answers)
        self.assertEqual(result["score"], 60)
        self.assertEqual(result["grade"], "weak")
