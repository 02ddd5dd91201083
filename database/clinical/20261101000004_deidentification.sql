-- migrate:up

-- The job gives the key with its connection (`options=-c deidentification.key=...`), never in a statement: so it is
-- in no log, in no list of running statements, in no table and in no file of this server.

CREATE TABLE IF NOT EXISTS deidentification.state (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    fingerprint text NOT NULL
);
COMMENT ON COLUMN deidentification.state.fingerprint IS 'tells whether the key is the last run''s, and nothing of it';

CREATE TABLE IF NOT EXISTS deidentification.groups (
    relation name NOT NULL,
    members jsonb NOT NULL,
    PRIMARY KEY (relation, members)
);
COMMENT ON TABLE deidentification.groups IS 'quasi-identifiers that at least k subjects share, as of the last run';

CREATE TABLE IF NOT EXISTS deidentification.sent (relation name PRIMARY KEY);
COMMENT ON TABLE deidentification.sent IS 'tables of which the other database has rows';

CREATE TABLE IF NOT EXISTS deidentification.withheld (subject text PRIMARY KEY);
COMMENT ON TABLE deidentification.withheld IS 'of whom nothing is published: who objected, or is to be erased';

CREATE UNLOGGED TABLE IF NOT EXISTS deidentification.affected (relation name NOT NULL, subject text);
COMMENT ON TABLE deidentification.affected IS 'whom this run sends; no subject: all of the table';

CREATE TABLE IF NOT EXISTS deidentification.runs (
    at timestamptz NOT NULL DEFAULT now(),
    relation name NOT NULL,
    k int NOT NULL,
    subjects bigint,
    sent bigint NOT NULL,
    suppressed bigint NOT NULL,
    PRIMARY KEY (at, relation)
);
COMMENT ON COLUMN deidentification.runs.subjects IS 'how many were sent anew; NULL: all';
COMMENT ON COLUMN deidentification.runs.suppressed IS 'rows that too few others share; whoever is gone has none';

CREATE OR REPLACE FUNCTION deidentification.key() RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN decode(current_setting('deidentification.key'), 'hex');

-- The same value of the same domain has the same pseudonym, and nobody finds the value without the key.
CREATE OR REPLACE FUNCTION deidentification.pseudonym(domain text, value text) RETURNS uuid
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN encode(substring(deidentification.hmac(
    convert_to(domain || ':' || value, 'UTF8'), deidentification.key(), 'sha256') FROM 1 FOR 16), 'hex')::uuid;

-- From 180 days back to 180 days ahead, the same for all of one subject's dates: what lay a week apart still does.
CREATE OR REPLACE FUNCTION deidentification.shift(subject text) RETURNS interval
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN make_interval(days => (('x' || left(replace(deidentification.pseudonym('shift', subject)::text, '-', ''), 7))
    ::bit(28)::int % 361) - 180);

-- The expression that makes what is published of a column, whose table is called t. A value that does not look as
-- its rule says becomes NULL: so a name that is typed into a field for a code goes nowhere.
CREATE OR REPLACE FUNCTION deidentification.expression(relation name, of_subject name, name name, rule jsonb)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sane CONSTANT text := 't.%1$I BETWEEN ''1880-01-01'' AND ''2200-01-01''';
BEGIN
    RETURN CASE rule ->> 'as'
        WHEN 'pseudonym' THEN format('deidentification.pseudonym(%L, t.%I::text)',
            CASE WHEN name = of_subject THEN 'subject' ELSE coalesce(rule ->> 'of', relation) END, name)
        WHEN 'code' THEN format('CASE WHEN t.%1$I::text ~ %2$L THEN t.%1$I::text END', name, rule ->> 'pattern')
        WHEN 'number' THEN format('CASE WHEN t.%1$I BETWEEN %2$s AND %3$s THEN round(t.%1$I::numeric, %4$s) END',
            name, (rule ->> 'least')::numeric, (rule ->> 'most')::numeric, coalesce((rule ->> 'digits')::int, 0))
        WHEN 'flag' THEN format('t.%I', name)
        WHEN 'year' THEN format('CASE WHEN ' || sane || ' THEN extract(year FROM t.%1$I)::int END', name)
        WHEN 'shifted' THEN format('CASE WHEN ' || sane || ' THEN t.%1$I + deidentification.shift(t.%2$I::text) END',
            name, of_subject)
    END;
END $$;

-- What the job reads of each published table: pieces of statements.
CREATE OR REPLACE VIEW deidentification.published AS
SELECT t.relation, t.subject,
    format_type(s.type, NULL) AS subject_type,
    format('NOT EXISTS (SELECT FROM deidentification.withheld w WHERE w.subject = t.%I::text)', t.subject) AS free,
    format('deidentification.pseudonym(''subject'', t.%I::text)', t.subject) AS whose,
    format('deidentification.pseudonym(%L, t.%I::text)',
        CASE WHEN t.key = t.subject THEN 'subject' ELSE t.relation END, t.key) AS key,
    string_agg(format('%L, %s', c.name, deidentification.expression(t.relation, t.subject, c.name, c.rule)), ', '
        ORDER BY c.number) FILTER (WHERE c.name <> t.key AND c.name <> t.subject) AS items,
    'jsonb_build_array(' || string_agg(deidentification.expression(t.relation, t.subject, c.name, c.rule), ', '
        ORDER BY c.number) FILTER (WHERE c.kind = 'quasi') || ')' AS quasi
FROM registry.tables t
JOIN registry.columns c ON c.relation = t.relation AND c.rule IS NOT NULL
JOIN registry.columns s ON s.relation = t.relation AND s.name = t.subject
GROUP BY t.relation, s.type;

-- Begin a run, in a transaction that sees one moment; k: how many must share what together says who somebody is.
CREATE OR REPLACE FUNCTION deidentification.begin(k int DEFAULT 5) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    print text;
    each record;
    fresh jsonb[];
    flipped jsonb[];
BEGIN
    IF current_setting('transaction_isolation') <> 'repeatable read' THEN
        RAISE EXCEPTION 'a run sees one moment' USING HINT = 'BEGIN ISOLATION LEVEL REPEATABLE READ';
    END IF;
    IF NOT pg_try_advisory_xact_lock(hashtext('deidentification')) THEN
        RAISE EXCEPTION 'another run is going on' USING ERRCODE = 'lock_not_available';
    END IF;
    IF coalesce(k < 2, true) THEN
        RAISE EXCEPTION 'k is %: at least 2 must share what is published', coalesce(k::text, 'missing');
    END IF;
    IF coalesce(current_setting('deidentification.key', true), '') !~ '^([0-9a-f]{2}){32,}$' THEN
        RAISE EXCEPTION 'no key: it is 32 bytes or more, in hexadecimal digits'
            USING HINT = 'PGOPTIONS="-c deidentification.key=..."; the job reads it from Vault';
    END IF;
    -- Nobody puts another column in the place of a registered one between here and the last row.
    FOR each IN SELECT p.relation FROM deidentification.published p
        WHERE to_regclass(format('clinical.%I', p.relation)) IS NOT NULL LOOP
        EXECUTE format('LOCK TABLE clinical.%I IN ACCESS SHARE MODE', each.relation);
    END LOOP;
    SELECT string_agg(format('clinical.%s.%s', r.relation, r.name), ', ') INTO print FROM registry.replaced r;
    IF print IS NOT NULL THEN
        RAISE EXCEPTION 'not the columns that were registered: %', print
            USING HINT = 'look at them, and register their tables anew';
    END IF;
    print := encode(deidentification.hmac('fingerprint', deidentification.key(), 'sha256'), 'hex');
    INSERT INTO deidentification.state VALUES (true, print) ON CONFLICT DO NOTHING;
    IF print <> (SELECT fingerprint FROM deidentification.state) THEN
        RAISE EXCEPTION 'another key than the last run''s: nobody would be the same as before'
            USING HINT = 'if it is meant: SELECT deidentification.forget(), as the owner; all is sent anew';
    END IF;
    DELETE FROM deidentification.affected;
    INSERT INTO deidentification.affected
    SELECT DISTINCT c.relation, c.subject FROM deidentification.changes c
    JOIN deidentification.published p ON p.relation = c.relation;
    FOR each IN SELECT * FROM deidentification.published WHERE quasi IS NOT NULL LOOP
        EXECUTE format('SELECT coalesce(array_agg(g), ''{}'') FROM (SELECT %s AS g FROM clinical.%I t WHERE %s GROUP BY 1 '
            'HAVING count(DISTINCT t.%I) >= $1) AS large', each.quasi, each.relation, each.free, each.subject)
            INTO fresh USING k;
        -- Groups that became large or small: their other members' rows now come or go, though nobody changed them.
        SELECT coalesce(array_agg(coalesce(f, g.members)), '{}') INTO flipped
        FROM unnest(fresh) AS f
        FULL JOIN (SELECT members FROM deidentification.groups WHERE relation = each.relation) g ON g.members = f
        WHERE f IS NULL OR g.members IS NULL;
        EXECUTE format('INSERT INTO deidentification.affected SELECT DISTINCT %L::name, t.%I::text '
            'FROM clinical.%I t WHERE %s = ANY ($1)', each.relation, each.subject, each.relation, each.quasi)
            USING flipped;
        DELETE FROM deidentification.groups WHERE relation = each.relation AND members = ANY (flipped);
        INSERT INTO deidentification.groups
        SELECT each.relation, f FROM unnest(fresh) AS f WHERE f = ANY (flipped);
    END LOOP;
    DELETE FROM deidentification.affected a USING deidentification.affected whole
    WHERE whole.relation = a.relation AND whole.subject IS NULL AND a.subject IS NOT NULL;
    INSERT INTO deidentification.runs
    SELECT now(), a.relation, k, nullif(count(DISTINCT a.subject), 0), 0, 0
    FROM deidentification.affected a
    GROUP BY a.relation;
END $$;

-- All that goes to the other database: whose rows are replaced, the rows, and how many they are, at the end.
CREATE OR REPLACE FUNCTION deidentification.outgoing()
RETURNS TABLE (kind text, relation name, subject uuid, key uuid, item jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    each record;
    whole boolean;
    chosen text;
    large text;
    rows bigint;
    total bigint := 0;
    small bigint;
BEGIN
    FOR each IN
        SELECT p.* FROM deidentification.published p
        JOIN deidentification.runs r ON r.relation = p.relation AND r.at = now()
        ORDER BY p.relation
    LOOP
        whole := EXISTS (SELECT FROM deidentification.affected a WHERE a.relation = each.relation AND a.subject IS NULL);
        chosen := CASE WHEN whole THEN 'true' ELSE format(
            't.%I IN (SELECT a.subject::%s FROM deidentification.affected a WHERE a.relation = %L)',
            each.subject, each.subject_type, each.relation) END;
        large := CASE WHEN each.quasi IS NULL THEN 'true' ELSE format(
            '%s IN (SELECT g.members FROM deidentification.groups g WHERE g.relation = %L)',
            each.quasi, each.relation) END;
        IF whole THEN
            RETURN QUERY SELECT 'all', each.relation, NULL::uuid, NULL::uuid, NULL::jsonb;
        ELSE
            RETURN QUERY SELECT DISTINCT 'subject', each.relation,
                deidentification.pseudonym('subject', a.subject), NULL::uuid, NULL::jsonb
            FROM deidentification.affected a WHERE a.relation = each.relation;
        END IF;
        RETURN QUERY EXECUTE format('SELECT ''row'', %L::name, %s, %s, jsonb_build_object(%s) FROM clinical.%I t '
            'WHERE %s AND %s AND %s', each.relation, each.whose, each.key, each.items, each.relation, chosen, each.free,
            large);
        GET DIAGNOSTICS rows = ROW_COUNT;
        EXECUTE format('SELECT count(*) FROM clinical.%I t WHERE %s AND %s', each.relation, chosen, each.free)
            INTO small;
        UPDATE deidentification.runs r SET sent = rows, suppressed = small - rows
        WHERE r.at = now() AND r.relation = each.relation;
        total := total + rows;
    END LOOP;
    -- Of tables that are published no more, all goes.
    RETURN QUERY SELECT 'all', s.relation, NULL::uuid, NULL::uuid, NULL::jsonb FROM deidentification.sent s
    WHERE s.relation NOT IN (SELECT p.relation FROM deidentification.published p);
    RETURN QUERY SELECT 'end', NULL::name, NULL::uuid, NULL::uuid, jsonb_build_object('rows', total);
END $$;

-- After the other database has all of it. What changed meanwhile is not seen in this moment, and stays for the
-- next run; when this transaction fails, the next run sends the same once more, and it makes no difference.
CREATE OR REPLACE FUNCTION deidentification.finish() RETURNS SETOF deidentification.runs
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM deidentification.changes;
    DELETE FROM deidentification.affected;
    DELETE FROM deidentification.runs WHERE at < now() - interval '1 year';
    DELETE FROM deidentification.sent WHERE relation NOT IN (SELECT p.relation FROM deidentification.published p);
    DELETE FROM deidentification.groups WHERE relation NOT IN (SELECT p.relation FROM deidentification.published p);
    INSERT INTO deidentification.sent SELECT relation FROM deidentification.runs WHERE at = now() ON CONFLICT DO NOTHING;
    SELECT * FROM deidentification.runs WHERE at = now() ORDER BY relation;
$$;

-- From the next run on nothing of a subject is published, nor counted in a group; and again, when it ends.
CREATE OR REPLACE FUNCTION deidentification.withhold(subject text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO deidentification.withheld VALUES (subject) ON CONFLICT DO NOTHING;
    INSERT INTO deidentification.changes SELECT t.relation, withhold.subject FROM registry.tables t;
$$;

CREATE OR REPLACE FUNCTION deidentification.release(subject text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM deidentification.withheld w WHERE w.subject = release.subject;
    INSERT INTO deidentification.changes SELECT t.relation, release.subject FROM registry.tables t;
$$;

-- Begin anew, with another key say: the next run sends everything, and takes away all that was sent before.
CREATE OR REPLACE FUNCTION deidentification.forget() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM deidentification.state;
    DELETE FROM deidentification.groups;
    INSERT INTO deidentification.changes SELECT relation, NULL FROM registry.tables;
$$;

GRANT EXECUTE ON FUNCTION deidentification.begin(int), deidentification.outgoing(), deidentification.finish()
    TO clinical_deidentifier;

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
