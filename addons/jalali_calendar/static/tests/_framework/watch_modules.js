// @odoo-module ignore
// The tests start all modules anew for every file. Only those of this addon get
// wrapped functions, which work while a test has the Jalali calendar on; the tests of
// other addons run on Odoo's own.
odoo.jalali.watchModules(({ moduleSet }) =>
    moduleSet?.moduleNames.some((name) => name.startsWith("@jalali_calendar/"))
);
