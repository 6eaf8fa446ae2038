from . import (
    test_babel,
    test_export,
    test_grouping,
    test_holiday,
    test_hoot,
    test_i18n,
    test_language,
    test_patch_points,
    test_qweb_numbers,
    test_relative_dates,
    test_sql,
    test_tools,
)
