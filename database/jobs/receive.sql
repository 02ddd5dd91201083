-- The other end of deidentify.sql, as deidentified_deidentifier. A stream that breaks off lacks its last line, and is
-- refused.
\set ON_ERROR_STOP on
BEGIN;
SELECT incoming.begin();
\copy incoming.stream FROM pstdin
SELECT incoming.apply();
COMMIT;
