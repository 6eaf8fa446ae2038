from concurrent.futures import ThreadPoolExecutor

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from odoo.addons.agency_base.tests.common import OwnDatabaseCase


@tagged("post_install", "-at_install")
class TestThrottle(TransactionCase):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.throttle = self.env["agency.throttle"]

    def _hits(self, times, *limits, scope="test"):
        return [self.throttle._hit(scope, *limits) for _ in range(times)]

    def _counted(self):
        return self.throttle.search([("scope", "=", "test")])

    @freeze_time("2026-03-21 08:00:00")
    def test_attempts_up_to_the_limit_pass(self):
        waits = self._hits(4, ("code", 3, 600))
        self.assertEqual(waits[:3], [0, 0, 0])
        self.assertTrue(0 < waits[3] <= 601)

    def test_the_window_slides(self):
        with freeze_time("2026-03-21 08:09:59"):
            self._hits(4, ("code", 3, 600))
        with freeze_time("2026-03-21 08:10:01"):
            self.assertTrue(self._hits(1, ("code", 3, 600))[0])
        with freeze_time("2026-03-21 08:19:00"):
            self.assertFalse(self._hits(1, ("code", 3, 600))[0])

    @freeze_time("2026-03-21 08:00:00")
    def test_scopes_and_keys_are_counted_apart(self):
        self._hits(3, ("code", 3, 600))
        self.assertEqual(self._hits(1, ("other", 3, 600)), [0])
        self.assertEqual(self._hits(1, ("code", 3, 600), scope="else"), [0])

    @freeze_time("2026-03-21 08:00:00")
    def test_any_exhausted_key_refuses_and_all_are_counted(self):
        self._hits(3, ("address", 3, 600))
        self.assertTrue(self._hits(1, ("code", 5, 600), ("address", 3, 600))[0])
        counts = self._counted().mapped("count")
        self.assertEqual(sorted(counts), [1, 4])

    @freeze_time("2026-03-21 08:00:00")
    def test_one_statement_counts_all_keys(self):
        limits = [(str(number), 3, 600) for number in range(5)]
        with self.assertQueryCount(1):
            self.throttle._hit("test", *limits)

    @freeze_time("2026-03-21 08:00:00")
    def test_nothing_that_was_typed_is_kept(self):
        self._hits(1, ("0012345678", 3, 600))
        self.assertNotIn("0012345678", str(self._counted().read()))

    def test_old_counts_are_swept(self):
        with freeze_time("2026-03-21 08:00:00"):
            self._hits(1, ("code", 3, 600))
        with freeze_time("2026-03-22 08:00:00"):
            self.throttle._gc_expired()
        self.throttle.invalidate_model()
        self.assertFalse(self._counted())

    def test_a_household_counts_once(self):
        key = self.throttle._client_key
        self.assertEqual(key("2001:db8::1"), key("2001:db8::ffff"))
        self.assertNotEqual(key("2001:db8::1"), key("2001:db8:0:1::1"))
        self.assertEqual(key("::ffff:10.0.0.1"), "10.0.0.1")
        self.assertEqual(key(None), "unknown")


@tagged("post_install", "-at_install")
class TestThrottleConcurrency(OwnDatabaseCase):
    def _hit(self, _number):
        with self.registry.cursor() as cr:
            wait = self._env(cr)["agency.throttle"]._hit("race", ("code", 15, 86400))
            # the caller's own work fails; the attempt has been made
            cr.rollback()
            return wait

    def test_attempts_at_the_same_moment_are_all_counted(self):
        with ThreadPoolExecutor(8) as pool:
            waits = list(pool.map(self._hit, range(20)))
        self.assertEqual(waits.count(0), 15)
