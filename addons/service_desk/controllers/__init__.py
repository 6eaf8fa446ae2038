from . import (
    apply,
    hall,
    linked_data,
    portal,
    public,
    sheets,
    track,
    voice,
)
