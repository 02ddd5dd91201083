-- migrate:up

-- One role serves many users, so the services say, in each transaction, for whom they act:
--     BEGIN; SELECT access.act('...'); ...; COMMIT;
-- It ends with the transaction: a connection that goes back into a pool acts for nobody.

CREATE OR REPLACE FUNCTION access.act(actor uuid) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT set_config('access.actor', actor::text, true);
END;

CREATE OR REPLACE FUNCTION access.actor() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT nullif(current_setting('access.actor', true), '')::uuid;
END;

COMMENT ON FUNCTION access.actor() IS 'for whom this transaction acts; NULL: nobody, who sees nothing';

GRANT EXECUTE ON FUNCTION access.act(uuid), access.actor() TO clinical_app;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
