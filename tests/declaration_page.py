"""The page of a declaration, filled as its representative does."""

SAVED = "ذخیره شد"


class DeclarationPage:
    """Opens sections, answers items, waits until they are kept."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def open(self, section):
        self.page.goto(f"{self.url}?section={section}")
        self.page.wait_for_selector(".audit-declaration[data-ready]")

    def item(self, code):
        return self.page.locator(f"[data-item='{code}']")

    def answer(self, code, choice):
        self.item(code).locator(f"label.{choice}").click()

    def is_saved(self, code, word=SAVED):
        self.item(code).locator(".saved", has_text=word).wait_for()

    def answer_open(self):
        """Answer what is asked and not answered yet in the section shown."""
        items = self.page.locator("[data-item]").all()
        # An answer may bring an item to light that was hidden until then.
        for code in [item.get_attribute("data-item") for item in items]:
            item = self.item(code)
            if item.is_hidden() or item.locator("input:checked").count():
                continue
            numbers = item.locator("[name=number]")
            for place in range(numbers.count()):
                numbers.nth(place).fill("۴")
            if numbers.count():
                numbers.last.blur()
            elif item.locator("label.yes").count():
                item.locator("label.yes").click()
            else:
                item.locator("[name=text]").fill("نوشته شد")
                item.locator("[name=text]").blur()
            self.is_saved(code)
