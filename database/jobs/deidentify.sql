-- One run of the job, by psql as clinical_deidentifier:
--
--   PGOPTIONS="-c deidentification.key=..." RECEIVE=... DEIDENTIFIED="host=... user=deidentified_deidentifier ..."
--   psql -X "host=... user=clinical_deidentifier ..." -v k=5 -f deidentify.sql
--
-- RECEIVE is the path of receive.sql. Two roles, two databases, one pipe between them: the clinical database calls
-- nobody. The program at its other end fails when the other database does not commit, and then this does not either.
\set ON_ERROR_STOP on
BEGIN ISOLATION LEVEL REPEATABLE READ;
SET LOCAL statement_timeout = '6h';
SELECT deidentification.begin(:k);
\copy (SELECT * FROM deidentification.outgoing()) TO PROGRAM 'exec env -u PGOPTIONS psql -X -q -d "$DEIDENTIFIED" -f "$RECEIVE"'
SELECT relation, k, subjects, sent, suppressed FROM deidentification.finish();
COMMIT;
