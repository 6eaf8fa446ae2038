from contextlib import suppress

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.agency_base.tests.lookup_common import CODE, LookupCase


@tagged("post_install", "-at_install")
class TestIdentifierOracles(LookupCase):
    """No question but "is it this one number?" is answered about a masked number."""

    def test_a_list_of_numbers_is_refused_on_every_way(self):
        users = self.env["res.users"].with_user(self.clerk)
        self.partner.parent_id = self.env["res.partner"].create({"name": "Parent"})
        half = self.half
        ored = ["|"] * (len(half) - 1) + [("national_id", "=", code) for code in half]
        domain = [("national_id", "in", half)]
        for name, attempt in {
            "in": lambda: self.partners.search(domain),
            "not in": lambda: self.partners.search([("national_id", "not in", half)]),
            "!=": lambda: self.partners.search([("national_id", "!=", CODE)]),
            "not": lambda: self.partners.search(["!", ("national_id", "=", CODE)]),
            "not like": lambda: self.partners.search(
                [("national_id", "not ilike", CODE)]
            ),
            "or": lambda: self.partners.search(ored),
            "count": lambda: self.partners.search_count(domain),
            "read": lambda: self.partners.search_read(domain, ["name"]),
            "web": lambda: self.partners.web_search_read(domain, {"name": {}}),
            "group": lambda: self.partners.formatted_read_group(
                domain, ["create_uid"], ["__count"]
            ),
            "name": lambda: self.partners.name_search("Client", domain),
            "names": lambda: self.partners.search([("display_name", "in", half)]),
            "export": lambda: self.partners.search(domain).export_data(["name"]),
            "child": lambda: self.partners.search(
                [("child_ids.national_id", "in", half)]
            ),
            "any": lambda: self.partners.search([("child_ids", "any", domain)]),
            "by name of a link": lambda: self.partners.search(
                [("child_ids", "in", half)]
            ),
            "child_of": lambda: self.partners.search([("id", "child_of", half)]),
            "inherited": lambda: users.search(domain),
            "through a user": lambda: users.search([("partner_id", "any", domain)]),
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                found = attempt()
                self.fail(f"answered: {found}")
        # In memory, what the user sees is compared.
        partner = self.partner.with_user(self.clerk)
        self.assertFalse(partner.filtered_domain(domain))
        # Whoever sees the numbers may.
        found = self.partners.with_user(self.viewer).search(domain)
        self.assertEqual(found, self.partner)

    def test_ranges_and_patterns_of_numbers_are_refused(self):
        for operator in (">", ">=", "<", "<="):
            with self.subTest(operator), self.assertRaises(UserError):
                self.partners.search([("national_id", operator, "0076000000")])
        for pattern in ("0076%", "%229645", "007622964_", "0076229645%"):
            for operator in ("like", "ilike", "=like", "=ilike"):
                found = self.partners.search([("national_id", operator, pattern)])
                self.assertNotIn(self.partner, found, (operator, pattern))

    def test_neither_order_nor_groups_tell(self):
        users = self.env["res.users"].with_user(self.clerk)
        for field in ("national_id", "identifier_clear", "identifier_digest"):
            for name, attempt in {
                "order": lambda f=field: self.partners.search([], order=f),
                "order of a link": lambda f=field: self.partners.search(
                    [], order=f"parent_id.{f}"
                ),
                "group": lambda f=field: self.partners.formatted_read_group([], [f]),
                "aggregate": lambda f=field: self.partners.formatted_read_group(
                    [], ["create_uid"], [f"{f}:max"]
                ),
                "bar": lambda f=field: self.partners.read_progress_bar(
                    [], "create_uid", {"field": f, "colors": {"x": "success"}}
                ),
                "users": lambda f=field: users.search([], order=f),
                "groups of users": lambda f=field: users.formatted_read_group([], [f]),
            }.items():
                with self.subTest(f"{name} {field}"), suppress(AccessError, ValueError):
                    self.fail(f"answered: {attempt()}")

    def test_a_taken_number_names_only_whom_one_may_see(self):
        twin = {"name": "Twin", "national_id": CODE}
        with self.assertRaises(ValidationError) as refusal:
            self.partners.create(twin)
        self.assertIn(self.partner.name, str(refusal.exception))
        self.partner.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.partner.name = "Hidden"
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("id", "!=", self.partner.id)],
            }
        )
        self.partner.company_id = False
        with self.assertRaises(ValidationError) as refusal:
            self.partners.create(twin)
        self.assertNotIn("Hidden", str(refusal.exception))
