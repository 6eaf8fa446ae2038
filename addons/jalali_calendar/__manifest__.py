{
    "name": "Jalali Calendar",
    "version": "19.0.1.0.0",
    "summary": "The Jalali (Persian) calendar wherever a user meets a date",
    "category": "Localization",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["web"],
    "uninstall_hook": "uninstall_hook",
    "oca_data_manual": ["data/lunar_holidays.csv"],
    "data": [
        "security/ir.model.access.csv",
        "data/jalali_holiday_data.xml",
        "wizard/jalali_holiday_load_views.xml",
        "views/jalali_holiday_views.xml",
        "views/res_lang_views.xml",
        "views/res_users_views.xml",
    ],
    "assets": {
        "web._assets_core": [
            (
                "after",
                "web/static/lib/luxon/luxon.js",
                "jalali_calendar/static/src/luxon/**/*.js",
            ),
        ],
        "web.assets_frontend": [
            (
                "after",
                "web/static/lib/luxon/luxon.js",
                "jalali_calendar/static/src/luxon/**/*.js",
            ),
            "jalali_calendar/static/src/core/**/*",
        ],
        "web.assets_backend": [
            "jalali_calendar/static/src/core/**/*",
            "jalali_calendar/static/src/views/**/*",
        ],
        "web.assets_backend_lazy": ["jalali_calendar/static/src/graph/**/*"],
        "web.fullcalendar_lib": ["jalali_calendar/static/src/fullcalendar/**/*"],
        "web.assets_unit_tests_setup": [
            "jalali_calendar/static/tests/_framework/**/*",
        ],
        "web.assets_unit_tests": [
            "jalali_calendar/static/tests/**/*",
            ("remove", "jalali_calendar/static/tests/_framework/**/*"),
        ],
    },
}
