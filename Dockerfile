# The site and the worker: one image, no database in it. docker-compose.yml says how the parts go together.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

RUN useradd --system --uid 10001 --user-group --no-create-home newsroom && install -d -o newsroom -g newsroom /inbox

WORKDIR /srv/newsroom

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY manage.py LICENSE ./
COPY newsroom newsroom
COPY claims claims
COPY templates templates
COPY static static
COPY seeds seeds

# The two values are for this line alone: no key and no database of its own goes into the image.
RUN SECRET_KEY=unused DATABASE_URL=postgresql://nobody@localhost/nothing python manage.py collectstatic --noinput

# Large files, which the worker makes and the site sends, and mails as long as no server is set.
RUN install -d -o newsroom -g newsroom var/files var/mail

USER newsroom
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=8)"]
CMD ["gunicorn", "--config", "newsroom/gunicorn.py", "--bind", "0.0.0.0:8000", "newsroom.wsgi"]
