{
    "name": "Jalali Calendar: Working Calendars",
    "version": "19.0.1.0.0",
    "summary": "Iranian official holidays and working hours for resources",
    "category": "Localization",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["jalali_calendar", "resource"],
    "data": [
        "data/resource_calendar_data.xml",
        "views/resource_calendar_views.xml",
    ],
    "auto_install": True,
}
