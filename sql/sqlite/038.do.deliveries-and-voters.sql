-- In anonymous polls the ballot of a deleted account has a key like the others: 32 random bytes in Base64, whose last character has
-- four bits. The other change of this migration is of MySQL: a text of this engine has no limit of 65,535 bytes.

CREATE TABLE departed_ballot AS
  WITH RECURSIVE drawn (question_id, voter, text) AS (
    SELECT q.id, v.voter, 'a:' FROM question q JOIN vote v ON v.question_id = q.id
      WHERE q.privacy = 'anonymous' AND v.slot = 0 AND v.voter LIKE 'x:%'
    UNION ALL
    SELECT question_id, voter,
      text || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 1 + (random() & 63), 1)
      FROM drawn WHERE length(text) < 44
  )
  SELECT question_id, voter, text || substr('AEIMQUYcgkosw048', 1 + (random() & 15), 1) AS renamed
    FROM drawn WHERE length(text) = 44;
UPDATE vote SET voter = (SELECT d.renamed FROM departed_ballot d WHERE d.question_id = vote.question_id AND d.voter = vote.voter)
  WHERE (question_id, voter) IN (SELECT question_id, voter FROM departed_ballot);
DROP TABLE departed_ballot;
