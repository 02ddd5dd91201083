-- migrate:up

-- Run as clinical_migrator in the role of the owner (`role=clinical_owner` in the connection's address), so all
-- that is made here belongs to a role as which nobody logs in.

DO $$
DECLARE
    missing text := (
        SELECT string_agg(name, ', ' ORDER BY name)
        FROM unnest(ARRAY['clinical_owner', 'clinical_app', 'clinical_deidentifier']) AS name
        WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
    );
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'missing roles: %', missing
            USING HINT = 'the platform makes them: components/onprem/postgres/roles.py';
    END IF;
    IF current_user <> 'clinical_owner' THEN
        RAISE EXCEPTION 'migrations of this database run as clinical_owner, not as %', current_user
            USING HINT = 'write role=clinical_owner into the address of the database';
    END IF;
END $$;

-- What the owner makes from now on is nobody's until it is granted, functions too.
ALTER DEFAULT PRIVILEGES FOR ROLE clinical_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE clinical_owner REVOKE USAGE ON TYPES FROM PUBLIC;

GRANT CREATE ON DATABASE clinical TO clinical_owner;
CREATE SCHEMA IF NOT EXISTS clinical;
CREATE SCHEMA IF NOT EXISTS access;
CREATE SCHEMA IF NOT EXISTS registry;
CREATE SCHEMA IF NOT EXISTS deidentification;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA deidentification;

COMMENT ON SCHEMA clinical IS 'patients who can be recognised; never replicated out of the hospital';
COMMENT ON SCHEMA access IS 'who is acting, for row-level security';
COMMENT ON SCHEMA registry IS 'which tables hold personal data, whose, why, for how long, and what may leave';
COMMENT ON SCHEMA deidentification IS 'what the job that fills the database deidentified may call';

REVOKE ALL ON DATABASE clinical FROM PUBLIC;
GRANT CONNECT ON DATABASE clinical TO clinical_app, clinical_migrator, clinical_deidentifier;
GRANT USAGE ON SCHEMA clinical, access TO clinical_app;
GRANT USAGE ON SCHEMA deidentification TO clinical_deidentifier;

-- A publication needs CREATE on its database, and that no role has any more: the owner takes it from itself. Who
-- needs another schema grants it back in a migration, which is read by somebody else before it runs. FOR ALL
-- TABLES needs a superuser, and the operator gives nobody one.
REVOKE CREATE ON DATABASE clinical FROM clinical_owner;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
