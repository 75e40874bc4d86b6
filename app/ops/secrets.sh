#!/bin/sh
# Creates the secrets of the containers, each in the volume of the services that need it. Existing ones are kept.
set -eu
root=${SECRETS:-/secrets}

# An example of a manual is no secret. Refused at once: a database keeps the password of its first start.
for value in "${VOTE_SESSION_SECRET:-}" "${VOTE_SESSION_PREVIOUS_SECRET:-}" "${VOTE_DATABASE_PASSWORD:-}" \
  "${VOTE_MIGRATE_PASSWORD:-}" "${VOTE_DATABASE_ROOT_PASSWORD:-}" "${VOTE_REDIS_PASSWORD:-}"; do
  case $(printf %s "$value" | tr '[:upper:]' '[:lower:]') in
    *changeme* | *change-me* | *change_me* | *example* | *placeholder* | *your-* | *your_* | *'<'*'>'* | secret | password | xxx*)
      echo "✖ .env has a placeholder for a secret: replace it, or remove the line to get a random one" >&2
      exit 1
      ;;
  esac
done

# keep FILE VALUE: stores the given value, or a random one, unless the file has content.
keep() {
  if [ ! -s "$1" ]; then
    printf %s "${2:-$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')}" >"$1.new"
    mv "$1.new" "$1"
  fi
}

# quoted FILE: prints the secret as an SQL string.
quoted() {
  printf "'%s'" "$(sed "s/[\\\\']/\\\\&/g" "$1")"
}

# refuse_change FILE VALUE NAME: the database and Redis keep the password of their first start.
refuse_change() {
  if [ -n "$2" ] && [ -s "$1" ] && [ "$(cat "$1")" != "$2" ]; then
    echo "✖ .env changes $3, but the server keeps the former one: docs/deployment.md, 'Change a password', has the commands" >&2
    exit 1
  fi
}

umask 022 # readable by the user of each container; separate volumes protect them
refuse_change $root/app/database_password "${VOTE_DATABASE_PASSWORD:-}" VOTE_DATABASE_PASSWORD
refuse_change $root/migrate/database_password "${VOTE_MIGRATE_PASSWORD:-}" VOTE_MIGRATE_PASSWORD
refuse_change $root/database/root_password "${VOTE_DATABASE_ROOT_PASSWORD:-}" VOTE_DATABASE_ROOT_PASSWORD
# A changed session secret is applied; cookies that the former one signed stay valid.
secret=$root/app/session_secret
previous=$root/app/session_previous_secret
if [ -n "${VOTE_SESSION_SECRET:-}" ] && [ -s "$secret" ] && [ "$(cat "$secret")" != "$VOTE_SESSION_SECRET" ]; then
  # Not after a first start with a random secret, which signed nothing that is needed: both files have it.
  if [ -n "${VOTE_SESSION_PREVIOUS_SECRET:-}" ] && [ "$(cat "$secret")" != "$VOTE_SESSION_PREVIOUS_SECRET" ] &&
    [ -s "$previous" ] && [ "$(cat "$previous")" != "$(cat "$secret")" ]; then
    echo "✖ .env changes VOTE_SESSION_SECRET: remove the line VOTE_SESSION_PREVIOUS_SECRET, or set it to the former secret" >&2
    exit 1
  fi
  mv "$secret" "$previous"
fi
keep "$secret" "${VOTE_SESSION_SECRET:-}"
if [ -n "${VOTE_SESSION_PREVIOUS_SECRET:-}" ]; then rm -f "$previous"; fi
keep "$previous" "${VOTE_SESSION_PREVIOUS_SECRET:-$(cat "$secret")}"
# Redis reads its password at each start.
if [ -n "${VOTE_REDIS_PASSWORD:-}" ]; then rm -f $root/app/redis_password; fi
keep $root/app/database_password "${VOTE_DATABASE_PASSWORD:-}"
keep $root/app/redis_password "${VOTE_REDIS_PASSWORD:-}"
keep $root/migrate/database_password "${VOTE_MIGRATE_PASSWORD:-}"
keep $root/database/root_password "${VOTE_DATABASE_ROOT_PASSWORD:-}"

printf 'requirepass "%s"\n' "$(sed 's/[\\"]/\\&/g' $root/app/redis_password)" >$root/redis/password.conf
cp $root/app/redis_password $root/redis/password
# Run by the database at its first start. Only `migrate` may change the schema, and it grants `vote` to change rows.
cat >$root/database/users.sql <<SQL
CREATE USER vote@'%' IDENTIFIED BY $(quoted $root/app/database_password);
GRANT SELECT, INSERT ON vote.* TO vote@'%';
CREATE USER migrate@'%' IDENTIFIED BY $(quoted $root/migrate/database_password);
GRANT ALL ON vote.* TO migrate@'%' WITH GRANT OPTION;
GRANT ALL ON vote_rehearsal.* TO migrate@'%';
SQL
