from psycopg2.errors import RestrictViolation

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tests.common import register_toys
from odoo.addons.agency_base.tools.sql import append_only_lifted


class ToyEvent(models.Model):
    _module = None
    _name = "agency.toy.event"
    _inherit = ["agency.event.mixin"]
    _description = "Toy Event"

    kind = fields.Char(required=True)


@tagged("post_install", "-at_install")
class TestEventMixin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToyEvent)
        cls.clerk = new_test_user(cls.env, "event_clerk")
        cls.importer = new_test_user(
            cls.env, "event_importer", groups="agency_base.group_importer"
        )
        model = cls.env["ir.model"]._get("agency.toy.event")
        cls.env["ir.model.access"].create(
            {
                "name": "all of it",
                "model_id": model.id,
                "group_id": cls.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
        cls.events = cls.env["agency.toy.event"]

    def test_a_batch_is_one_insert(self):
        self.events._append([{"kind": "warm up"}])
        with self.assertQueryCount(1):
            self.events._append([{"kind": str(number)} for number in range(100)])

    def test_the_actor_is_the_user_even_without_rights(self):
        event = self.events.with_user(self.clerk)._append([{"kind": "seen"}])
        self.assertEqual(event.user_id, self.clerk)
        self.assertTrue(event.happened_at)

    def test_nobody_enters_who_and_when(self):
        events = self.events.with_user(self.clerk)
        for stamp in ("user_id", "happened_at", "company_id"):
            with self.assertRaises(AccessError):
                events.create([{"kind": "forged", stamp: False}])

    def test_the_importer_brings_in_old_events(self):
        event = self.events.with_user(self.importer).create(
            [{"kind": "old", "happened_at": "2010-01-01 08:00:00"}]
        )
        self.assertEqual(str(event.happened_at), "2010-01-01 08:00:00")

    def test_the_orm_refuses_changes_to_everybody(self):
        event = self.events._append([{"kind": "kept"}])
        forced = {"_force_unlink": True, "active_test": False, "install_mode": True}
        for user in (self.clerk, self.importer, self.env.ref("base.user_root")):
            own = event.with_user(user).with_context(**forced)
            for change in (
                lambda own=own: own.write({"kind": "x"}),
                own.unlink,
                own.copy,
            ):
                with self.assertRaises(UserError):
                    change()

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_what_bypasses_the_orm(self):
        event = self.events._append([{"kind": "kept"}])
        for attack in (
            "UPDATE agency_toy_event SET kind = 'x'",
            "DELETE FROM agency_toy_event",
            "TRUNCATE agency_toy_event",
        ):
            with self.assertRaises(RestrictViolation), self.env.cr.savepoint():
                self.env.cr.execute(attack)
        event.invalidate_recordset()
        self.assertEqual(event.kind, "kept")

    @mute_logger("odoo.sql_db")
    def test_a_lifted_table_is_closed_again(self):
        self.events._append([{"kind": "kept"}])
        with append_only_lifted(self.env.cr, "agency_toy_event"):
            self.env.cr.execute("UPDATE agency_toy_event SET kind = 'moved'")
        with self.assertRaises(RestrictViolation), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE agency_toy_event SET kind = 'x'")
