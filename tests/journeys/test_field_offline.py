"""The field page where the network, the server or the session fails.

Whatever happens: what was done on the phones is what the journal holds, each once.
"""

from field_phone import LOSE_REPLIES
from rpc import Rpc


def test_replies_lost_after_the_commit_two_tabs_and_a_reload_offline(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    for code, option in (("A2", "yes"), ("A3", "part"), ("A4", "no")):
        tab.answer(code, option)
    tab.page.reload()
    tab.page.wait_for_selector("[data-code=A4] [data-option=no][aria-checked=true]")
    assert tab.count("outbox") == 4, "the beginning and three answers"
    other = tab.new_tab(LOSE_REPLIES)
    tab.page.evaluate(LOSE_REPLIES)
    tab.connect()
    tab.page.evaluate("odoo.auditField.send()")
    other.page.evaluate("odoo.auditField.send()")
    tab.wait_until_sent()
    assert tab.page.evaluate("lost") + other.page.evaluate("lost") >= 1
    ledger.assert_equal()
    other.wait(lambda: not other.page.evaluate("odoo.auditField.data.queue.length"))


def test_an_expired_session_leads_back_to_the_same_page(phone, ledger):
    tab = phone("lead")
    tab.open_visit()
    address = tab.page.url
    tab.end_session()
    tab.answer("C1", "yes")
    tab.answer("C4", "part")
    tab.page.wait_for_selector(".f-network-login a")
    assert tab.count("outbox") == 2
    tab.note()
    log_in_again(tab, "lead")
    assert tab.page.url == address
    assert tab.value("C1") == "yes"
    ledger.assert_equal()


def test_a_session_revoked_by_a_new_password_keeps_the_work(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("C2", "yes")
    tab.connect()
    tab.wait_until_sent()
    admin = Rpc(served, "admin")
    [user] = admin("res.users", "search", [("login", "=", "lead")])
    admin("res.users", "write", [user], {"password": "another"})
    try:
        tab.answer("C3", "no")
        tab.page.wait_for_selector(".f-network-login a")
        assert tab.count("outbox") == 1
        tab.note()
        log_in_again(tab, "another")
        assert tab.value("C3") == "no"
    finally:
        # The other tests of this file log in with the first one.
        admin("res.users", "write", [user], {"password": "lead"})
    ledger.assert_equal()


def log_in_again(tab, password):
    """Follow the link of the page as the lead; what was kept is sent."""
    tab.page.click(".f-network-login a")
    tab.page.fill("input[name=login]", "lead")
    tab.page.fill("input[name=password]", password)
    tab.page.click(".oe_login_form button[type=submit]", no_wait_after=True)
    tab.page.wait_for_selector(".f-sections")
    tab.wait_until_sent()


def test_another_user_on_the_phone_sends_nothing_of_it(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("D4", "yes")
    tab.answer("D5", "yes")
    tab.note()
    tab.end_session()
    tab.page.context.set_offline(False)
    before = ledger.journal()
    tab.log_in("inspector")
    assert tab.count("outbox") == 0
    tab.page.wait_for_selector("text=۲ عمل از کاربر دیگری")
    tab.page.evaluate("odoo.auditField.send()")
    assert ledger.journal() == before
    tab.end_session()
    tab.log_in("lead")
    tab.wait_until_sent()
    ledger.assert_equal()
    [[names]] = served.sql(
        "SELECT string_agg(DISTINCT login, ',') FROM audit_answer_op op"
        " JOIN res_users ON res_users.id = user_id WHERE item_code IN ('D4', 'D5')"
        " AND device_id != 'paper'"
    )
    assert names == "lead"


def test_a_server_killed_outright_while_it_takes_in(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.page.evaluate(
        """async (assessment) => {
            for (let n = 0; n < 100; n++) {
                const option = n % 2 ? "yes" : "part";
                await odoo.auditField.journal.answer(
                    assessment, `E${1 + n % 6}`, { option });
            }
        }""",
        tab.assessment,
    )
    kills = []

    def kill(request):
        if request.url.endswith("/sync") and '"ops":[{' in (request.post_data or ""):
            kills.append(request)
            if len(kills) == 2:
                served.process.kill()

    tab.page.on("request", kill)
    tab.connect()
    tab.wait(lambda: len(kills) >= 2)
    tab.page.remove_listener("request", kill)
    served.kill()
    tab.page.wait_for_selector(".f-network-trouble, .f-network-offline")
    waiting = tab.count("outbox")
    assert 0 < waiting <= 61, "the first forty of 101 were acknowledged, no more"
    served.start()
    tab.page.evaluate("odoo.auditField.send()")
    tab.wait_until_sent()
    ledger.assert_equal()
