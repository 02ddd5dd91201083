-- Subscribe, in the database analytics, as a member of cloudsqlsuperuser; again after a rotation of the password or a
-- new table, as often as one likes:
--
--   SUBSCRIPTION="host=... dbname=deidentified user=deidentified_replicator password=... sslmode=verify-full ..."
--   psql -X "host=... dbname=analytics ..." -f subscribe.sql
--
-- The slot is made at the hospital, where max_slot_wal_keep_size bounds what it keeps while this side is away.
\set ON_ERROR_STOP on
\getenv connection SUBSCRIPTION
SELECT EXISTS (SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
    WHERE d.datname = current_database() AND s.subname = 'hospital') AS present \gset
\if :present
ALTER SUBSCRIPTION hospital CONNECTION :'connection';
ALTER SUBSCRIPTION hospital REFRESH PUBLICATION;
\else
CREATE SUBSCRIPTION hospital CONNECTION :'connection' PUBLICATION deidentified
    WITH (slot_name = 'cloud_analytics', copy_data = true);
\endif
