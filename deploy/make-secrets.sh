#!/bin/sh
# Makes the secret files that compose.yaml mounts, in deploy/secrets/. What is there is never overwritten:
# new SEAL_KEYS would leave every stored request unreadable.
set -eu
umask 077

command -v openssl > /dev/null || { echo "Install openssl, then run this again." >&2; exit 1; }

cd "$(dirname "$0")"
mkdir -p secrets
cd secrets

# put NAME VALUE: the folder is closed to others; a file must be readable for the container's user,
# because compose mounts it with the owner and mode that it has here.
put() {
    [ -e "$1" ] && { echo "kept  $1"; return; }
    printf '%s\n' "$2" > "$1.new"
    chmod 0444 "$1.new"
    mv "$1.new" "$1"
    echo "made  $1"
}

key() { openssl rand -base64 32; }
password() { openssl rand -hex 24; }

put secret_key "$(openssl rand -base64 60 | tr -d '\n')"
put seal_keys "k1:$(key)"
put search_key "$(key)"
put database_admin_password "$(password)"
put database_owner_password "$(password)"
put database_app_password "$(password)"
put database_url_owner "postgres://clinic_owner:$(cat database_owner_password)@db:5432/clinic"
put database_url_app "postgres://clinic_app:$(cat database_app_password)@db:5432/clinic"

if [ -n "${EMAIL_URL:-}" ]; then
    put email_url "$EMAIL_URL"
elif [ ! -e email_url ]; then
    echo "Still missing: email_url. Run again with EMAIL_URL=smtp+tls://user:password@host:587 set." >&2
    missing=1
fi

if [ ! -e tls_certificate ] && [ "${1:-}" = "--self-signed" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=localhost" \
        -addext "subjectAltName=DNS:localhost" -keyout tls_key -out tls_certificate 2>/dev/null
    chmod 0444 tls_key tls_certificate
    echo "made  tls_certificate, tls_key (self-signed, for a trial alone)"
elif [ ! -e tls_certificate ] || [ ! -e tls_key ]; then
    echo "Still missing: tls_certificate and tls_key (PEM). For a trial: $0 --self-signed" >&2
    missing=1
fi

echo "Back up secret_key, seal_keys and search_key apart from the database."
exit "${missing:-0}"
