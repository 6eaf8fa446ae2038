"""Small pieces of an official document: QR codes and isolated codes."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_image(text):
    """Return a QR code of ``text`` as a ``data:`` address of an SVG picture."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        image_factory=SvgPathImage,
        border=0,
    )
    code.add_data(text)
    svg = code.make_image().to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def isolate(text):
    """Keep a number or code in one piece, in its own direction, within any text.

    >>> [hex(ord(sign)) for sign in isolate("7")]
    ['0x2068', '0x37', '0x2069']
    >>> isolate(None)
    ''
    """
    return f"\u2068{text}\u2069" if text else ""
