from odoo.tests import tagged

from .common import JalaliCase

PAGE = """<t t-name="jalali_calendar.test_numbers">
    <i t-field="currency.rounding" t-options="{'precision': 2}"/>
    <i t-out="1234567" t-options="{'widget': 'integer'}"/>
    <i t-out="-1234.5" t-options="{'widget': 'float', 'precision': 1}"/>
    <i t-out="1250.5" t-options="{'widget': 'monetary', 'display_currency': currency,
        'label_price': True}"/>
    <i t-out="1.5" t-options="{'widget': 'float_time'}"/>
    <i t-out="2 * 86400" t-options="{'widget': 'duration'}"/>
    <i t-out="'A-12'"/>
    <i t-out="'0912'" t-options="{'widget': 'text'}"/>
    <i t-att-data-number="7" t-out="8"/>
</t>"""


@tagged("post_install", "-at_install")
class TestQwebNumbers(JalaliCase):
    def _render(self, lang):
        view = self.env["ir.ui.view"].create(
            {
                "name": "Numbers",
                "type": "qweb",
                "key": "jalali_calendar.test_numbers",
                "arch": PAGE,
            }
        )
        currency = self.env["res.currency"].create(
            {"name": "JAL", "symbol": "J", "rounding": 0.01, "position": "after"}
        )
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        values = {"currency": currency.with_context(lang=lang)}
        html = str(qweb._render(view.id, values))
        return html.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")

    def test_number_widgets_write_persian_digits_for_persian(self):
        html = self._render("fa_IR")
        for text in (
            ">۰.۰۱<",
            ">۱,۲۳۴,۵۶۷<",
            ">-۱,۲۳۴.۵<",
            '>۱,۲۵۰.</span><span class="oe_currency_value" style="font-size:0.5em">۵۰<',
            ">۰۱:۳۰<",
            "۲ روز",
            # texts and attributes are read by machines or copied
            ">A-12<",
            ">0912<",
            'data-number="7"',
        ):
            self.assertIn(text, html)

    def test_other_languages_keep_their_digits(self):
        html = self._render("en_US")
        for text in (">1,234,567<", ">-1,234.5<", ">01:30<", ">2 days<"):
            self.assertIn(text, html)
        self.assertNotRegex(html, "[۰-۹]")
