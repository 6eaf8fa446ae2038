"""HTML to PDF with WeasyPrint: Persian set right, tagged, nothing fetched outside."""

import functools
import io
import logging
import mimetypes
import posixpath
from urllib.parse import unquote, urlsplit

from odoo.tools import file_open

_logger = logging.getLogger(__name__)

#: Relative addresses of a template lead here; the name exists nowhere.
BASE_URL = "https://addons.invalid/"
#: Where a document on a roll ends: `render` cuts the paper below this element.
END_OF_ROLL = "end-of-roll"
#: Tagged for screen readers, with language and title (ISO 14289-1).
VARIANT = "pdf/ua-1"
STATIC_TYPES = (".css", ".woff2", ".svg", ".png", ".jpg", ".jpeg")


class ForbiddenAddressError(ValueError):
    """A template names something that official documents are not made of."""

    def __init__(self, address):
        super().__init__(address)
        self.address = address


def static_path(address):
    """Return the path of an addon's static file below the addons folders.

    >>> static_path("https://addons.invalid/web/static/img/logo.png")
    'web/static/img/logo.png'
    >>> static_path("file:///etc/passwd")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    odoo.addons.agency_base.tools.pdf.ForbiddenAddressError: ...
    """
    parts, base = urlsplit(address), urlsplit(BASE_URL)
    path = posixpath.normpath(unquote(parts.path)).lstrip("/")
    inside = path.split("/")[1:2] == ["static"] and path.endswith(STATIC_TYPES)
    if (parts.scheme, parts.netloc) != (base.scheme, base.netloc) or not inside:
        raise ForbiddenAddressError(address)
    return path


@functools.cache
def engine():
    """Return the module `weasyprint`, or None where it cannot be used.

    It is imported by the first document only: it costs every process some memory.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # no package, or no pango on the system
        _logger.warning("Official documents fall back to Odoo's engine: %s", error)
        return None
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return weasyprint


def _read(path):
    with file_open(path, "rb") as file:
        return file.read()


@functools.cache
def _unpacked_font(path):
    """Return a web font as the engine needs it; to unpack it takes half a second."""
    from fontTools.ttLib import woff2

    target = io.BytesIO()
    woff2.decompress(io.BytesIO(_read(path)), target)
    return target.getvalue()


@functools.cache
def _fetcher_class():
    class AddonFetcher(engine().URLFetcher):
        """Serve ``data:`` and the static files of addons, and refuse all else."""

        refused = None

        def fetch(self, url, headers=None):
            try:
                if url[:5].lower() == "data:":
                    return super().fetch(url, headers)
                path = static_path(url)
                body = _unpacked_font(path) if path.endswith(".woff2") else _read(path)
            except Exception:
                self.refused = url
                raise
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            response = engine().urls.URLFetcherResponse
            return response(url, body=body, headers={"Content-Type": kind})

    return AddonFetcher


def render(html):
    """Return the PDF of a whole HTML document, as bytes.

    Raises `ForbiddenAddressError` with the first address that may not be fetched or
    does not exist. A page with the element `END_OF_ROLL` ends there.
    """
    weasyprint = engine()
    # "data" only: the base class would open anything else that reached it.
    fetcher = _fetcher_class()(fail_on_errors=True, allowed_protocols=("data",))
    options = {"pdf_variant": VARIANT, "optimize_images": True}
    try:
        source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
        document = source.render(**options)
        last = document.pages[-1]
        if END_OF_ROLL in last.anchors:
            last.height = last.anchors[END_OF_ROLL][1]
        target = io.BytesIO()
        document.write_pdf(target, **options)
    # Not under Exception: nothing between here and the fetcher may swallow it.
    except weasyprint.urls.FatalURLFetchingError as error:
        raise ForbiddenAddressError(fetcher.refused) from error
    if fetcher.refused:  # drawing a picture, the engine logs any error and goes on
        raise ForbiddenAddressError(fetcher.refused)
    return target.getvalue()
