-- migrate:up

-- Not logged: what a broken run left here is in no write-ahead log, and so no subscriber, however bad, reads it.
CREATE UNLOGGED TABLE IF NOT EXISTS incoming.stream (
    kind text NOT NULL CHECK (kind IN ('all', 'subject', 'row', 'end')),
    relation name,
    subject uuid,
    key uuid,
    item jsonb
);

-- What is published otherwise than table by table and column by column.
CREATE OR REPLACE VIEW incoming.faults AS
SELECT format('publication %s publishes all tables', p.pubname) AS fault FROM pg_publication p WHERE p.puballtables
UNION ALL
SELECT format('publication %s publishes a whole schema', p.pubname)
FROM pg_publication_namespace n JOIN pg_publication p ON p.oid = n.pnpubid
UNION ALL
SELECT format('publication %s publishes %s without a list of columns', p.pubname, r.prrelid::regclass)
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE r.prattrs IS NULL
UNION ALL
SELECT format('publication %s publishes %s, which is not in the schema deidentified', p.pubname, r.prrelid::regclass)
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid
WHERE c.relnamespace <> 'deidentified'::regnamespace;

-- The subscriber copies as a role that may read what is published, column by column, and nothing else. It comes
-- and goes with the subscription, so this is called at each run, not once.
CREATE OR REPLACE FUNCTION incoming.admit() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    each record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'deidentified_replicator') THEN
        RETURN;
    END IF;
    GRANT CONNECT ON DATABASE deidentified TO deidentified_replicator;
    GRANT USAGE ON SCHEMA deidentified TO deidentified_replicator;
    FOR each IN
        SELECT t.tablename, string_agg(quote_ident(a), ', ') AS columns
        FROM pg_publication_tables t, unnest(t.attnames) AS a
        WHERE t.schemaname = 'deidentified'
        GROUP BY t.tablename
    LOOP
        EXECUTE format('REVOKE ALL ON deidentified.%I FROM deidentified_replicator', each.tablename);
        EXECUTE format('GRANT SELECT (%s) ON deidentified.%I TO deidentified_replicator',
            each.columns, each.tablename);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION incoming.begin() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('incoming')) THEN
        RAISE EXCEPTION 'another run is going on' USING ERRCODE = 'lock_not_available';
    END IF;
    DELETE FROM incoming.stream;
END $$;

-- Replace the rows of the subjects that came by those that came. Rows that are as they were are not touched, so
-- the subscriber hears of changes only.
CREATE OR REPLACE FUNCTION incoming.apply() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    each record;
    wrong text;
    whole boolean;
    columns text;
    new_ text;
    values_ text;
BEGIN
    IF (SELECT count(*) FROM incoming.stream WHERE kind = 'end') <> 1
        OR (SELECT count(*) FROM incoming.stream WHERE kind = 'row')
            <> (SELECT (item ->> 'rows')::bigint FROM incoming.stream WHERE kind = 'end')
    THEN
        RAISE EXCEPTION 'the stream broke off: nothing was changed' USING HINT = 'run the job again';
    END IF;
    SELECT string_agg(fault, '; ') INTO wrong FROM incoming.faults;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', wrong USING HINT = 'ALTER PUBLICATION deidentified SET TABLE, each with its columns';
    END IF;
    ANALYZE incoming.stream;
    FOR each IN SELECT DISTINCT relation FROM incoming.stream WHERE relation IS NOT NULL ORDER BY relation LOOP
        IF to_regclass(format('deidentified.%I', each.relation)) IS NULL THEN
            RAISE EXCEPTION 'there is no table deidentified.%', each.relation
                USING ERRCODE = 'undefined_table', HINT = 'a migration of this database makes it';
        END IF;
        SELECT string_agg(k, ', ') INTO wrong
        FROM jsonb_object_keys((SELECT item FROM incoming.stream s
            WHERE s.kind = 'row' AND s.relation = each.relation LIMIT 1)) AS k
        WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attname = k AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attrelid = to_regclass(format('deidentified.%I', each.relation)));
        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION 'deidentified.% has no column %', each.relation, wrong
                USING ERRCODE = 'undefined_column', HINT = 'a migration of this database makes it';
        END IF;
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
            string_agg('t.' || quote_ident(attname), ', ' ORDER BY attnum),
            string_agg('p.' || quote_ident(attname), ', ' ORDER BY attnum)
        INTO columns, new_, values_ FROM pg_attribute
        WHERE attrelid = to_regclass(format('deidentified.%I', each.relation)) AND attnum > 0 AND NOT attisdropped;
        whole := EXISTS (SELECT FROM incoming.stream s WHERE s.kind = 'all' AND s.relation = each.relation);
        EXECUTE format('DELETE FROM deidentified.%1$I t WHERE (%3$s OR t.subject IN (SELECT s.subject '
            'FROM incoming.stream s WHERE s.kind = ''subject'' AND s.relation = %2$L)) AND NOT EXISTS (SELECT '
            'FROM incoming.stream s WHERE s.kind = ''row'' AND s.relation = %2$L AND s.key = t.key)',
            each.relation, each.relation, whole::text);
        EXECUTE format('INSERT INTO deidentified.%1$I AS t (%3$s) SELECT %4$s FROM incoming.stream s, '
            'jsonb_populate_record(NULL::deidentified.%1$I, s.item || jsonb_build_object(''key'', s.key, ''subject'', '
            's.subject)) p WHERE s.kind = ''row'' AND s.relation = %2$L '
            'ON CONFLICT (key) DO UPDATE SET (%3$s) = ROW (%5$s) WHERE (%6$s) IS DISTINCT FROM (%5$s)',
            each.relation, each.relation, columns, values_,
            (SELECT string_agg('EXCLUDED.' || trim(c), ', ') FROM unnest(string_to_array(columns, ',')) AS c), new_);
    END LOOP;
    DELETE FROM incoming.stream;
    PERFORM incoming.admit();
END $$;

SELECT incoming.admit();
GRANT INSERT ON incoming.stream TO deidentified_deidentifier;
GRANT EXECUTE ON FUNCTION incoming.begin(), incoming.apply() TO deidentified_deidentifier;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
