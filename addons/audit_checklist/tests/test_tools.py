import doctest

from odoo.tests import BaseCase, tagged

from ..tools import dates, field_answers, field_ops, heat, letters, relevance


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_in_docstrings(self):
        for module in (dates, field_answers, field_ops, heat, letters, relevance):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def test_a_long_chain_is_no_circle(self):
        chain = {f"A{n}": [f"A{n + 1}"] for n in range(3000)}
        self.assertEqual(relevance.find_circle(chain), [])
        chain["A3000"] = ["A2999"]
        self.assertEqual(relevance.find_circle(chain), ["A2999", "A3000", "A2999"])
