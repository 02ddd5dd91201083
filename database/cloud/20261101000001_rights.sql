-- migrate:up

-- The database analytics of Cloud SQL; run as a member of cloudsqlsuperuser. DDL is not replicated: whatever a
-- migration of deidentified adds is added here first, or the subscription stops until it is.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analytics_reader') THEN
        CREATE ROLE analytics_reader NOLOGIN;
    END IF;
END $$;
COMMENT ON ROLE analytics_reader IS 'whoever analyses; users are made members of it';

CREATE SCHEMA IF NOT EXISTS deidentified;
COMMENT ON SCHEMA deidentified IS 'what hospitals publish; written by the subscription alone';

REVOKE ALL ON DATABASE analytics FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE analytics TO analytics_reader;
GRANT USAGE ON SCHEMA deidentified TO analytics_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA deidentified GRANT SELECT ON TABLES TO analytics_reader;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
