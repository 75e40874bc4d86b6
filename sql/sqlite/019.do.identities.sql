-- Who an account is at an OpenID provider.

CREATE TABLE external_identity (
  issuer TEXT NOT NULL CHECK (length(issuer) <= 255),
  subject TEXT NOT NULL CHECK (length(subject) <= 255),
  user_id INTEGER NOT NULL REFERENCES user (id),
  create_time TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (issuer, subject),
  UNIQUE (user_id, issuer)
) STRICT, WITHOUT ROWID;
