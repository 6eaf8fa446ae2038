"""A citizen who never comes to the desk, on a phone."""

import re

from test_first_client import LATIN

CLIENT = "نسترن بهاری‌پور"
# Invented: the office of civil registration issues no code that begins with 999.
NATIONAL_CODE = "9990004315"
MOBILE = "09350004319"
PETITION = "10011032100"
PHONE = {"width": 360, "height": 740}
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
LARGE = PDF + b"0" * 9 * 1024 * 1024


def scan(name, content=PDF):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def track(page, served, code):
    page.goto(f"{served.url}/desk/track")
    page.fill("#code", code)
    page.fill("#digits", MOBILE[-4:])
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.d-steps")


def reject(served, page, code):
    """Reject a request as its clerk, with the reason the law asks for."""
    who = {"db": served.db, "login": "clerk", "password": "clerk"}
    page.request.post(f"{served.url}/web/session/authenticate", data={"params": who})
    [[number, reason]] = served.sql(
        "SELECT request.id, min(reason.id) FROM service_desk_request AS request, "
        f"service_desk_reject_reason AS reason WHERE tracking_code = '{code}' "
        "GROUP BY request.id"
    )
    vals = {"reject_reason_id": int(reason), "reject_reason": "رابطه کاری ثابت نشد."}
    answer = page.request.post(
        f"{served.url}/web/dataset/call_kw/service.desk.request/write",
        data={
            "params": {
                "model": "service.desk.request",
                "method": "write",
                "args": [[int(number)], vals | {"state": "rejected"}],
                "kwargs": {},
            }
        },
    )
    assert answer.json()["result"] is True


def test_a_citizen_applies_sends_objects_and_rates(served, open_page, page_errors):
    page = open_page(viewport=PHONE, locale="en-US")
    page.set_default_timeout(60_000)
    page.goto(f"{served.url}/desk/apply/{PETITION}")
    page.check("input[name=consent]")
    page.fill("#identifier", NATIONAL_CODE)
    page.fill("#name", CLIENT)
    page.fill("#mobile", MOBILE)

    # A reload loses nothing that was typed.
    page.reload()
    assert page.input_value("#name") == CLIENT

    # What cannot be taken is said before anything is sent.
    warning = page.locator("#file_0 ~ .d-warn")
    page.set_input_files("#file_0", scan("program.exe", b"MZ"))
    assert warning.inner_text()
    page.set_input_files("#file_0", scan("large.pdf", LARGE))
    assert "۹" in warning.inner_text()
    page.set_input_files("#file_0", scan("empty.pdf", b""))
    assert "خالی" in warning.inner_text()
    page.set_input_files("#file_0", scan("card.pdf"))
    assert not warning.inner_text()

    # A wrong check digit is said; the chosen file is not lost by it.
    page.fill("#identifier", NATIONAL_CODE[:-1] + "0")
    page.click("form.d-apply button[type=submit]")
    page.wait_for_selector("#problem-identifier")
    assert page.evaluate("document.getElementById('file_0').files[0].name")
    assert page.locator("[data-files-again]").count() == 0
    page.fill("#identifier", NATIONAL_CODE)

    # No answer: what was typed and chosen stays, and is sent once more.
    page.route("**/desk/apply/*", lambda route: route.abort())
    page.click("form.d-apply button[type=submit]")
    page.wait_for_selector("[data-sending-note]:not(:empty)")
    page.unroute("**/desk/apply/*")
    page_errors.clear()
    page.click("form.d-apply button[type=submit]")
    page.wait_for_selector("[data-forget-draft]")
    code = re.sub(r"\D", "", page.inner_text(".d-code").translate(LATIN))
    assert len(code) == 10

    # What is missing goes by the tracking page.
    track(page, served, code)
    assert "در انتظار مدارک شما" in page.inner_text("h1")
    form = page.locator("form.d-upload").first
    form.locator("input[type=file]").set_input_files(scan("form.pdf"))
    form.locator("button[type=submit]").click()
    page.wait_for_selector("p.d-ok[role=status]")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # He was not sent inside, says so, and objects to the rejection.
    page.click("button[name=answer][value=no]")
    page.wait_for_selector("#inside + .d-ok")
    reject(served, open_page(), code)
    track(page, served, code)
    assert "رد شد" in page.inner_text("h1")
    page.click("summary.d-button")
    page.fill("#text", "قرارداد کار پیوست بود.")
    page.click("form[action='/desk/track/object'] button")
    page.wait_for_selector(".d-card-ok .d-ltr")
    objections = (
        "SELECT count(*) FROM service_desk_request AS appeal "
        "JOIN service_desk_request AS rejected ON rejected.id = appeal.appeal_of_id "
        f"WHERE rejected.tracking_code = '{code}'"
    )
    assert served.sql(objections) == [["1"]]

    # The link to rate is good once.
    [[token]] = served.sql(
        "SELECT token FROM service_desk_feedback AS feedback "
        "JOIN service_desk_request AS request ON request.id = feedback.request_id "
        f"WHERE tracking_code = '{code}'"
    )
    page.goto(f"{served.url}/desk/rate/{token}")
    page.check("input[name=score][value='4']", force=True)
    page.click("form.d-card button[type=submit]")
    page.wait_for_selector(".d-card-ok h1")
    page.goto(f"{served.url}/desk/rate/{token}")
    assert page.locator("input[name=score]").count() == 0
