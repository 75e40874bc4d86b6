#!/bin/sh
# Creates the secrets of the containers, each in the volume of the services that need it. Existing ones are kept.
set -eu

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

umask 022 # readable by the user of each container; separate volumes protect them
keep /app/session_secret "${VOTE_SESSION_SECRET:-}"
keep /app/database_password "${VOTE_DATABASE_PASSWORD:-}"
keep /app/redis_password "${VOTE_REDIS_PASSWORD:-}"
keep /migrate/database_password "${VOTE_MIGRATE_PASSWORD:-}"
keep /database/root_password "${VOTE_DATABASE_ROOT_PASSWORD:-}"

printf 'requirepass "%s"\n' "$(sed 's/[\\"]/\\&/g' /app/redis_password)" >/redis/password.conf
cp /app/redis_password /redis/password
# Run by the database at its first start. Only `migrate` may change the schema.
cat >/database/users.sql <<SQL
CREATE USER vote@'%' IDENTIFIED BY $(quoted /app/database_password);
GRANT SELECT, INSERT, UPDATE, DELETE ON vote.* TO vote@'%';
CREATE USER migrate@'%' IDENTIFIED BY $(quoted /migrate/database_password);
GRANT ALL ON vote.* TO migrate@'%';
GRANT ALL ON vote_rehearsal.* TO migrate@'%';
SQL
