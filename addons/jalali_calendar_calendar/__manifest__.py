{
    "name": "Jalali Calendar: Meetings",
    "version": "19.0.1.0.0",
    "summary": "Jalali dates in the times of meetings",
    "category": "Localization",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["jalali_calendar", "calendar"],
    "auto_install": True,
}
