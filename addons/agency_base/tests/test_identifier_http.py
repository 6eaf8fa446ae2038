import io
import json
import zipfile

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tests.lookup_common import CODE, CONTACTS, OTHER
from odoo.addons.agency_base.tools import to_latin_digits

MASKED = "007****645"
FORGED = {"uid": 1, "su": True, "lang": "fa_IR", "import_compat": True}


@tagged("post_install", "-at_install")
class TestIdentifierHttp(HttpCase):
    """Whoever may not see identifiers gets them masked by every door of the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo's test cursors refuse what real ones do: a search is counted elsewhere.
        cls.set_registry_readonly_mode(enabled=False)
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.clerk = new_test_user(cls.env, "http_clerk", groups=CONTACTS)
        cls.viewer = new_test_user(
            cls.env,
            "http_viewer",
            groups=f"{CONTACTS},agency_base.group_identifier_viewer",
        )
        cls.client = cls.env["res.partner"].create(
            {"name": "Client", "national_id": CODE}
        )
        cls.child = cls.env["res.partner"].create(
            {"name": "Child", "parent_id": cls.client.id}
        )
        keys = cls.env["res.users.apikeys"]
        cls.key = keys.with_user(cls.clerk).sudo()._generate("rpc", "test", None)
        cls.ids = [cls.client.id]
        cls.nested = {"parent_id": {"fields": {"national_id": {}, "child_ids": {}}}}
        cls.exact = [("national_id", "=", CODE)]

    def _ways(self):
        """Return ``(model, method, arguments)`` of what shows a contact."""
        by_id = [("id", "in", self.ids)]
        spec = {"national_id": {}, "display_name": {}}
        shown = {"ids": self.ids}
        return [
            ("res.partner", "read", {**shown, "fields": ["national_id"]}),
            ("res.partner", "web_read", {**shown, "specification": spec}),
            (
                "res.partner",
                "web_read",
                {"ids": self.child.ids, "specification": self.nested},
            ),
            (
                "res.partner",
                "search_read",
                {"domain": self.exact, "fields": ["national_id"]},
            ),
            (
                "res.partner",
                "web_search_read",
                {"domain": self.exact, "specification": spec},
            ),
            (
                "res.partner",
                "export_data",
                {**shown, "fields_to_export": ["national_id"]},
            ),
            (
                "res.partner",
                "export_data",
                {
                    "ids": self.child.ids,
                    "fields_to_export": ["parent_id/national_id"],
                },
            ),
            (
                "res.partner",
                "web_save",
                {**shown, "vals": {"comment": "x"}, "specification": spec},
            ),
            (
                "res.partner",
                "web_read_group",
                {
                    "domain": by_id,
                    "groupby": ["create_date:month"],
                    "auto_unfold": True,
                    "unfold_read_specification": spec,
                },
            ),
        ]

    def _silent_ways(self):
        """Return ways that may answer or refuse, but never name the number."""
        closed = ["identifier_clear", "identifier_digest"]
        groups = [["national_id"], ["identifier_clear"], ["parent_id.identifier_clear"]]
        return [
            ("res.partner", "name_search", {"name": CODE}),
            ("res.partner", "read", {"ids": self.ids, "fields": closed}),
            ("res.partner", "read", {"ids": self.ids}),
            (
                "res.partner",
                "create",
                {"vals_list": [{"name": "X", "national_id": CODE}]},
            ),
            (
                "res.partner",
                "write",
                {"ids": self.child.ids, "vals": {"national_id": CODE}},
            ),
            (
                "res.partner",
                "load",
                {"fields": ["name", "national_id"], "data": [["X", CODE]]},
            ),
            ("res.partner", "search", {"domain": [("national_id", ">", "0")]}),
            ("res.partner", "copy", {"ids": self.ids}),
            *(
                ("res.partner", method, {"domain": [], "groupby": group, **more})
                for group in groups
                for method, more in (
                    ("formatted_read_group", {"aggregates": ["__count"]}),
                    ("web_read_group", {}),
                    ("read_group", {"fields": group}),
                )
            ),
            ("res.users", "search_read", {"domain": [], "fields": ["national_id"]}),
            ("mail.message", "search_read", {"domain": [("res_id", "in", self.ids)]}),
        ]

    def _answer(self, response):
        """Return what the answer says, its digits Latin and unescaped."""
        told = json.dumps(response.json(), ensure_ascii=False)
        return to_latin_digits(told).replace("\u200e", "").replace("\\u200e", "")

    def _call_kw(self, model, method, arguments, context):
        arguments = dict(arguments)
        args = [arguments.pop("ids")] if "ids" in arguments else []
        params = {
            "model": model,
            "method": method,
            "args": args,
            "kwargs": {**arguments, "context": context},
        }
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
        )

    def _json_2(self, model, method, arguments, context):
        return self.url_open(
            f"/json/2/{model}/{method}",
            json={**arguments, "context": context},
            headers={"Authorization": f"Bearer {self.key}"},
        )

    def _doors(self):
        return [
            (door, context)
            for door in (self._call_kw, self._json_2)
            for context in ({}, FORGED)
        ]

    def test_what_shows_a_number_shows_it_masked(self):
        self.authenticate("http_clerk", "http_clerk")
        for door, context in self._doors():
            for way in self._ways():
                with self.subTest(f"{door.__name__} {way} {context}"):
                    told = self._answer(door(*way, context))
                    self.assertIn(MASKED, told)
                    self.assertNotIn(CODE, told)

    def test_whoever_has_the_right_sees_it_by_the_same_doors(self):
        """Were the number not there at all, its absence above would prove nothing."""
        self.authenticate("http_viewer", "http_viewer")
        for way in self._ways():
            with self.subTest(str(way)):
                self.assertIn(CODE, self._answer(self._call_kw(*way, {})))

    @mute_logger("odoo.http")
    def test_no_answer_and_no_refusal_names_it(self):
        self.authenticate("http_clerk", "http_clerk")
        for door, context in self._doors():
            for way in self._silent_ways():
                with self.subTest(f"{door.__name__} {way} {context}"):
                    self.assertNotIn(CODE, self._answer(door(*way, context)))

    def _exported(self, kind, compatible, fields, domain):
        data = {
            "model": "res.partner",
            "fields": [
                {"name": name, "label": name, "type": "char"} for name in fields
            ],
            "ids": False,
            "domain": domain,
            "groupby": [],
            "context": {},
            "import_compat": compatible,
        }
        response = self.url_open(
            f"/web/export/{kind}",
            data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        response.raise_for_status()
        if kind == "csv":
            return to_latin_digits(response.content.decode())
        with zipfile.ZipFile(io.BytesIO(response.content)) as workbook:
            parts = [workbook.read(name).decode() for name in workbook.namelist()]
            return to_latin_digits("\n".join(parts))

    def test_files_of_the_export_show_it_masked(self):
        domain = [("id", "in", self.ids + self.child.ids)]
        fields = ["name", "national_id", "parent_id/national_id"]
        for login, shown, hidden in (
            ("http_clerk", MASKED, CODE),
            ("http_viewer", CODE, MASKED),
        ):
            self.authenticate(login, login)
            for kind in ("csv", "xlsx"):
                for compatible in (True, False):
                    with self.subTest(f"{login} {kind} {compatible}"):
                        told = self._exported(kind, compatible, fields, domain)
                        self.assertEqual(told.count(shown), 2 if kind == "csv" else 1)
                        self.assertNotIn(hidden, told)

    @mute_logger("odoo.http")
    def test_an_export_neither_finds_nor_names_by_parts(self):
        self.authenticate("http_clerk", "http_clerk")
        found = self._exported("csv", True, ["name"], [("national_id", "like", "007")])
        self.assertNotIn("Client", found)
        for domain in (
            [("national_id", "in", [CODE, OTHER])],
            [("identifier_clear", "=like", "007%")],
        ):
            with self.subTest(str(domain)), self.assertRaises(Exception) as refusal:
                self._exported("csv", True, ["name"], domain)
            self.assertNotIn(CODE, str(refusal.exception))
