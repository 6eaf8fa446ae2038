"""Photos as they are kept: upright, and free of all that only the camera knew."""

import io

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
JPEG_QUALITY = 88
# What a JPEG needs to be shown; any other segment may tell more than the picture.
PLAIN_SEGMENTS = {"APP0", "APP14"}
END_OF_JPEG = b"\xff\xd9"


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
    segments = {name for name, _data in image.applist}
    return segments <= PLAIN_SEGMENTS and content.endswith(END_OF_JPEG)
