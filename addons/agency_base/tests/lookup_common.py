"""The world of the tests about numbers that are masked and must not be found out."""

from contextlib import suppress
from itertools import takewhile

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.agency_base.tools import is_national_code

CODE, OTHER = "0076229645", "0499370899"
CONTACTS = "base.group_user,base.group_partner_manager,base.group_allow_export"


def alike(number=CODE):
    """Return every national code that a mask cannot tell from ``number``."""
    middles = (f"{number[:3]}{middle:04}{number[-3:]}" for middle in range(10**4))
    return [code for code in middles if is_national_code(code)]


class LookupCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "lookup_clerk", groups=CONTACTS)
        cls.viewer = new_test_user(
            cls.env,
            "lookup_viewer",
            groups=f"{CONTACTS},agency_base.group_identifier_viewer",
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Client", "national_id": CODE}
        )
        cls.partners = cls.env["res.partner"].with_user(cls.clerk)
        # Half of what is alike, the client's number the last of it.
        cls.half = [*[code for code in alike() if code != CODE][:400], CODE]

    def _asked(self):
        return self.env["agency.identifier.lookup"].search_count([])

    def _until_refused(self, attempt, numbers):
        """Return for how many of ``numbers`` there is an answer."""
        answered = (self._is_answered(attempt, number) for number in numbers)
        return sum(takewhile(bool, answered))

    def _is_answered(self, attempt, number):
        with suppress(UserError):
            attempt(number)
            return True
        return False
