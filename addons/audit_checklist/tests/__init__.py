from . import (
    test_default_checklists,
    test_field_http,
    test_field_sync,
    test_import,
    test_item,
    test_js,
    test_programme,
    test_scoring,
    test_security,
    test_tools,
    test_unit_import,
    test_version,
)
