"""The field page on a phone."""

import pytest

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(open_page, served):
    """Return a function that opens the field page on a phone of its own."""

    def phone(login):
        page = open_page(
            viewport=PHONE,
            geolocation={"latitude": 35.7, "longitude": 51.4},
            permissions=["geolocation"],
        )
        page.set_default_timeout(90_000)
        log_in(page, served, login)
        page.wait_for_selector("html[data-kept]")
        return page

    return phone


def log_in(page, served, login):
    page.goto(f"{served.url}/web/login?redirect=/audit/field")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click(".oe_login_form button[type=submit]", no_wait_after=True)
    page.wait_for_selector(".f-network")


def test_an_upgrade_keeps_a_filled_queue(served, phone):
    page = phone("lead")
    count = page.evaluate(
        """async () => {
            const { Store } = odoo.loader.modules.get(
                "@audit_checklist/field/store");
            await new Promise((resolve, reject) => {
                const request = indexedDB.open("audit_field_old", 1);
                request.onupgradeneeded = () => {
                    const store = request.result.createObjectStore(
                        "outbox", { keyPath: "uuid" });
                    for (let n = 0; n < 50; n++) store.put({ uuid: `op-${n}` });
                };
                request.onerror = () => reject(request.error);
                request.onsuccess = () => { request.result.close(); resolve(); };
            });
            const store = new Store("old");
            await store.start();
            await store.put("attention", { uuid: "x" });
            return (await store.all("outbox")).length;
        }"""
    )
    assert count == 50
