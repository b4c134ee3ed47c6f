# The same image runs web, worker and release; compose.yaml says with which command.
# A release pins the digest: --build-arg BASE=python:3.13-slim@sha256:...
ARG BASE=docker.io/library/python:3.13-slim

FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.txt .
# Wheels alone: nothing is compiled, so no compiler is ever needed.
RUN python3 -m venv /venv \
    && /venv/bin/python -m pip install --require-hashes --only-binary :all: -r requirements.txt \
    && /venv/bin/python -m pip uninstall --yes --quiet setuptools
COPY . .
# What serves the patients reads the compiled catalogues and needs no compiler of them.
RUN /venv/bin/python -m clinic_site.catalogue \
    && /venv/bin/python -m pip uninstall --yes --quiet babel pip
# What serves the patients needs neither the embedded database nor the secrets of a throw-away environment.
RUN PATH=/venv/bin:$PATH STATIC_ROOT=/srv/static \
    python -m clinic_site.local.throwaway python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r clinic_site/local \
    && python3 -m compileall -q /app

FROM ${BASE}
RUN rm -rf /usr/local/lib/python3*/site-packages/pip* /usr/local/lib/python3*/ensurepip /usr/local/bin/pip* \
    && groupadd --gid 10001 clinic \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin clinic \
    && install --directory --owner 10001 --group 10001 --mode 0700 /var/lib/clinic
COPY --from=build /venv /venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=clinic_site.settings \
    STATIC_ROOT=/srv/static \
    CLINIC_SNAPSHOT_PATH=/var/lib/clinic/snapshot.json
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "clinic_site.wsgi"]
