-- migrate:up

-- Run as deidentified_migrator in the role of the owner, as in the clinical database.

DO $$
DECLARE
    missing text := (
        SELECT string_agg(name, ', ' ORDER BY name)
        FROM unnest(ARRAY['deidentified_owner', 'deidentified_app', 'deidentified_deidentifier']) AS name
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
    );
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'missing roles: %', missing
            USING HINT = 'the platform makes them: components/onprem/postgres/roles.py';
    END IF;
    IF current_user <> 'deidentified_owner' THEN
        RAISE EXCEPTION 'migrations of this database run as deidentified_owner, not as %', current_user
            USING HINT = 'write role=deidentified_owner into the address of the database';
    END IF;
END $$;

ALTER DEFAULT PRIVILEGES FOR ROLE deidentified_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE deidentified_owner REVOKE USAGE ON TYPES FROM PUBLIC;

GRANT CREATE ON DATABASE deidentified TO deidentified_owner;
CREATE SCHEMA IF NOT EXISTS deidentified;
CREATE SCHEMA IF NOT EXISTS incoming;
COMMENT ON SCHEMA deidentified IS 'pseudonymous keys and allow-listed columns; the cloud takes them from here';
COMMENT ON SCHEMA incoming IS 'what the job brings, until it is applied';

-- The one publication. Tables come into it by name, each with its columns: ALTER PUBLICATION deidentified ADD TABLE
-- deidentified.x (key, subject, ...). A column that is added to a table later is not in it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'deidentified') THEN
        CREATE PUBLICATION deidentified;
    END IF;
END $$;

REVOKE ALL ON DATABASE deidentified FROM PUBLIC;
GRANT CONNECT ON DATABASE deidentified TO deidentified_app, deidentified_migrator, deidentified_deidentifier;
-- The operator's standbys look after the subscriber's slot here, so that it outlives the primary
-- (pg_failover_slots). A developer's server has none.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'streaming_replica') THEN
        GRANT CONNECT ON DATABASE deidentified TO streaming_replica;
    END IF;
END $$;
-- The subscriber's first copy of a table takes its time over the WAN; it cannot set this itself.
ALTER DATABASE deidentified SET statement_timeout = '12h';
GRANT USAGE ON SCHEMA deidentified TO deidentified_app;
GRANT USAGE ON SCHEMA incoming TO deidentified_deidentifier;
-- No second publication beside it: that would need CREATE.
REVOKE CREATE ON DATABASE deidentified FROM deidentified_owner;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
