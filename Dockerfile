# Odoo's own image with the suite and what its addons need. Build: docker compose build
FROM odoo:19

USER root

# The text engine of the official PDF. Nothing else of it is a system library.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

# --no-deps: the lock names every package that the image lacks, and only those, so
# what Odoo's own packages depend on is never replaced behind their back.
COPY deploy/requirements.txt /opt/suite/requirements.txt
RUN pip3 install --no-cache-dir --break-system-packages --no-deps --require-hashes \
        -r /opt/suite/requirements.txt

# Not in /mnt/extra-addons: that is a volume of the base image, and a volume would
# keep serving yesterday's addons after an upgrade of the image.
COPY addons /opt/suite/addons
COPY deploy/odoo.conf.template /opt/suite/odoo.conf.template
COPY deploy/suite /opt/suite/cli
RUN printf '#!/bin/sh\nexec python3 /opt/suite/cli "$@"\n' > /usr/local/bin/suite \
    && chmod 0755 /usr/local/bin/suite \
    && install -d -o odoo -g odoo /backups \
    && install -d -o odoo -g odoo -m 0700 /var/lib/suite-keys

# Keys that sign records and digest identifiers: a volume apart from the backups.
ENV AGENCY_KEY_DIR=/var/lib/suite-keys

USER odoo

# The build fails here, not the first printed document, when a library is missing.
RUN python3 -c "import jdatetime, qrcode, weasyprint; \
assert weasyprint.HTML(string='<p lang=fa>آزمون').write_pdf()[:4] == b'%PDF'"

HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["suite", "healthy"]
ENTRYPOINT ["suite"]
CMD ["serve"]
