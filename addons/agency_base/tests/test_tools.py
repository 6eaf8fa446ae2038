import doctest
import secrets

from odoo.tests import BaseCase, tagged

from odoo.addons.agency_base import tools
from odoo.addons.agency_base.tools import (
    canonical,
    digits,
    hidden,
    identifiers,
    lists,
    phones,
    sms_http,
    text,
)

MODULES = (canonical, digits, hidden, identifiers, lists, phones, sms_http, text)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_the_examples_of_the_docstrings_hold(self):
        for module in MODULES:
            failed, attempted = doctest.testmod(module)
            self.assertFalse(failed, module.__name__)
            self.assertGreater(attempted, 2, module.__name__)

    def test_one_wrong_digit_is_always_noticed_in_a_national_code(self):
        code = "0076229645"
        for place in range(10):
            for digit in set("0123456789") - {code[place]}:
                wrong = code[:place] + digit + code[place + 1 :]
                self.assertFalse(tools.is_national_code(wrong), wrong)

    def test_every_prefix_has_one_check_digit(self):
        for _ in range(50):
            prefix = f"{secrets.randbelow(10**9):09}"
            valid = [d for d in "0123456789" if tools.is_national_code(prefix + d)]
            repeated = len(set(prefix)) == 1
            self.assertEqual(len(valid), 0 if repeated else 1, prefix)

    def test_repeated_digits_are_no_identifier(self):
        for digit in "0123456789":
            self.assertFalse(tools.is_national_code(digit * 10))
            self.assertFalse(tools.is_legal_id(digit * 11))
            self.assertFalse(tools.is_foreigner_id(digit * 9))

    def test_anything_may_be_asked(self):
        for nothing in (None, False, "", " ", "abc", "۱۲", 12, "０１２３４５６７８９"):
            self.assertFalse(tools.is_national_code(nothing))
            self.assertFalse(tools.is_legal_id(nothing))
            self.assertEqual(tools.normalize_mobile(nothing), "")
            self.assertEqual(tools.normalize_landline(nothing), "")
            self.assertEqual(tools.normalize_postal_code(nothing), "")

    def test_the_arabic_keyboard_writes_the_same_name(self):
        self.assertEqual(tools.normalize_persian("كاظمي"), "کاظمی")
        self.assertEqual(tools.search_key("مؤسسة"), tools.search_key("موسسه"))
