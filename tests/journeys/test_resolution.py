"""A resolution after its meeting, on its own page."""

from browsing import call, log_in

PDF = b"%PDF-1.4"
OPEN = """
    SELECT resolution.id
      FROM reform_resolution resolution
      JOIN res_users "user" ON "user".partner_id = resolution.responsible_id
     WHERE "user".login = 'member' AND resolution.state = 'in_progress'
     LIMIT 1
"""


def test_a_report_stands_in_the_course_as_soon_as_it_is_sent(served, page):
    [[resolution]] = served.sql(OPEN)
    log_in(page, served, "member")
    page.goto(f"{served.url}/odoo/reform-resolutions/{resolution}")
    line = page.locator(".o_reform_course_line")
    line.locator("textarea").fill("٪۶۰ نیمی از اداره‌ها پاسخ دادند")
    paper = {"name": "گزارش.pdf", "mimeType": "application/pdf", "buffer": PDF}
    line.locator("input[type=file]").set_input_files(paper)
    line.locator("button").click()
    page.wait_for_selector(".o_reform_course li:has-text('نیمی از اداره‌ها')")
    page.wait_for_selector(".o_reform_evidence a:has-text('گزارش.pdf')")

    # words alone change no field of the resolution
    line.locator("textarea").fill("پاسخ بقیه در راه است")
    line.locator("button").click()
    page.wait_for_selector(".o_reform_course li:has-text('پاسخ بقیه در راه است')")


def test_a_key_verifies_with_the_focus_among_the_acts(served, page):
    log_in(page, served, "secretary")
    claimed = call(
        page,
        "reform.resolution",
        "search_read",
        [["state", "=", "claimed_done"]],
        ["user_verifies"],
    )
    resolution = next(each["id"] for each in claimed if each["user_verifies"])
    state = f"SELECT state FROM reform_resolution WHERE id = {resolution}"
    url = f"{served.url}/odoo/reform-resolutions/{resolution}"
    page.goto(url)
    page.wait_for_selector(".o_reform_evidence a")
    for file in page.locator(".o_reform_evidence a").all():
        href = file.get_attribute("href")
        assert page.request.get(f"{served.url}{href}").ok
    page.goto(url)
    page.wait_for_selector("button[name=action_verify]")
    # in the line of the course the same key would send what is typed there
    page.locator(".o_reform_course_line textarea").press("Control+Enter")
    assert served.sql(state) == [["claimed_done"]]
    page.locator("button[name=action_reopen]").press("Control+Enter")
    page.wait_for_selector("button[name=action_verify]", state="detached")
    assert served.sql(state) == [["verified"]]


def test_what_became_of_a_suggestion_is_where_the_eye_is(served, open_page):
    [[code]] = served.sql(
        "SELECT code FROM reform_suggestion WHERE state = 'rejected' LIMIT 1"
    )
    page = log_in(open_page(viewport={"width": 360, "height": 780}), served, "clerk")
    page.goto(f"{served.url}/reform/suggest")
    page.fill("#suggestion-follow", code)
    page.press("#suggestion-follow", "Enter")
    page.wait_for_selector("#suggestion-followed")
    assert page.evaluate(
        """() => {
            const { top } = document
                .querySelector("#suggestion-followed").getBoundingClientRect();
            return top >= 0 && top < innerHeight;
        }"""
    )
