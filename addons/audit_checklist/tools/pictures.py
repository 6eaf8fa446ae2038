"""Photos as they are kept: upright, and free of all that only the camera knew."""

import io
import re

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
JPEG_QUALITY = 88
# What a JPEG needs to be shown; any other segment may tell more than the picture.
PLAIN_SEGMENTS = {"APP0", "APP14"}
MAX_PLAIN_SEGMENT = 16
START_OF_SCAN, END_OF_JPEG = b"\xff\xda", b"\xff\xd9"
# Between the first scan and the end: stuffing, restarts, tables, further scans.
STRANGE_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xc4\xda]")


class NotAPictureError(ValueError):
    """The bytes are no photo, whatever they call themselves."""


def clean_picture(content):
    """Return a photo as JPEG, turned upright and free of all hidden data.

    Raise NotAPictureError for anything that is not a JPEG, PNG or WebP picture, or
    that would unpack to more than a phone's camera makes.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotAPictureError
            image.load()
            if _is_plain_jpeg(image, content):
                return content
            upright = ImageOps.exif_transpose(image).convert("RGB")
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            buffer = io.BytesIO()
            clean.save(buffer, "JPEG", quality=JPEG_QUALITY)
            return buffer.getvalue()
    except NotAPictureError:
        raise
    except Exception as error:
        # Broken files break the reader in many ways; none of them is our fault.
        raise NotAPictureError from error


def _is_plain_jpeg(image, content):
    """Tell whether a picture holds nothing but itself."""
    if image.format != "JPEG" or image.mode != "RGB":
        return False
    if not all(
        name in PLAIN_SEGMENTS and len(data) <= MAX_PLAIN_SEGMENT
        for name, data in image.applist
    ):
        return False
    # Nothing hides between the scans, nor behind the picture.
    scans = content[content.find(START_OF_SCAN) : -len(END_OF_JPEG)]
    return content.endswith(END_OF_JPEG) and not STRANGE_MARKER.search(scans)
