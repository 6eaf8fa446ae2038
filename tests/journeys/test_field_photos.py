"""Photos of a visit: kept, shown, sent, and each of them once."""

from field_phone import BREAK_PHOTOS, picture
from PIL import Image


def test_a_photo_that_did_not_arrive_is_sent_again_by_a_tap(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.page.evaluate(BREAK_PHOTOS)
    tab.open_visit()
    tab.answer("E1", "no")
    tab.add_photos("E1", picture(3))
    tab.connect()
    tab.page.wait_for_selector("[data-code=E1] .f-photo:has-text('نرسید')")
    tab.page.evaluate("window.areBroken = false")
    tab.page.click("[data-code=E1] .f-photo")
    tab.wait_until_photos_arrived()
    tab.wait_until_sent()
    ledger.assert_equal()


def test_what_is_no_photo_of_a_phone_is_refused_before_it_is_kept(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("E2", "no")
    kept = tab.stored("outbox")
    photo = picture(5)
    for content, words in (
        (b"MZ" + bytes(500), "این فایل عکس نیست"),
        (photo["buffer"] + bytes(30 * 1024 * 1024), "از ۲۵ مگابایت بزرگ‌تر است"),
    ):
        tab.page.click("[data-code=E2] .f-photo-add")
        tab.page.set_input_files(".f-file", [photo | {"buffer": content}])
        tab.page.wait_for_selector(f".f-network-problem >> text={words}")
        assert not tab.count("photo")
        assert tab.stored("outbox") == kept
    tab.add_photos("E2", photo)
    assert not tab.page.locator(".f-network-problem").count()
    tab.connect()
    tab.wait_until_photos_arrived()
    tab.wait_until_sent()
    ledger.assert_equal()


def kill_at(served, tab, number, wanted):
    """Kill the server outright at a request; return what tells that it happened."""
    seen = []

    def look(request):
        if wanted(request):
            seen.append(request)
            if len(seen) == number:
                served.process.kill()

    tab.page.on("request", look)
    return lambda: len(seen) >= number


def is_answers(request):
    return request.url.endswith("/sync") and '"ops":[{' in request.post_data


def is_photo(request):
    return "/field/photo/" in request.url


def test_two_hundred_photos_and_a_server_killed_twice(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("A3", "no")
    tab.add_photos("A3", *(picture(number) for number in range(200)))
    # while they are announced, and in the midst of the photos themselves
    for number, wanted in ((2, is_answers), (60, is_photo)):
        is_killed = kill_at(served, tab, number, wanted)
        tab.connect()
        tab.page.evaluate("void odoo.auditField.send()")
        tab.wait(is_killed)
        served.kill()
        tab.page.wait_for_selector(".f-network-trouble, .f-network-offline")
        assert "queued" in {photo["state"] for photo in tab.stored("photo")}
        served.start()
    tab.page.evaluate("void odoo.auditField.send()")
    tab.wait_until_sent()
    tab.wait_until_photos_arrived(300)
    ledger.assert_equal()
    announced = sorted(photo["uuid"] for photo in tab.stored("photo"))
    rows = served.sql(
        "SELECT uuid, stored_sha256, store_fname FROM audit_evidence evidence"
        " JOIN ir_attachment ON ir_attachment.id = attachment_id"
        " WHERE evidence.state = 'received' AND evidence.item_code = 'A3'"
        " AND evidence.has_place AND res_model = 'audit.evidence'"
        " AND res_id = evidence.id"
    )
    assert sorted(uuid for uuid, _digest, _file in rows) == announced
    assert len({digest for _uuid, digest, _file in rows}) == 200
    for _uuid, _digest, file in rows:
        with Image.open(served.file(file)) as photo:
            assert not photo.getexif()
