{
    "name": "Jalali Calendar: Import",
    "version": "19.0.1.0.0",
    "summary": "Jalali dates in imported files",
    "category": "Localization",
    "author": "The Reform Suite contributors",
    "license": "LGPL-3",
    "depends": ["jalali_calendar", "base_import"],
    "auto_install": True,
}
