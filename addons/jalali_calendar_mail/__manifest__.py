{
    "name": "Jalali Calendar: Discuss",
    "version": "19.0.1.0.0",
    "summary": "Jalali dates in messages, activities and their mails",
    "category": "Localization",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["jalali_calendar", "mail"],
    "auto_install": True,
}
