-- migrate:up

CREATE TABLE IF NOT EXISTS registry.tables (
    relation name PRIMARY KEY,
    subject name NOT NULL,
    key name NOT NULL,
    basis text NOT NULL CHECK (length(trim(basis)) > 0),
    retention interval NOT NULL CHECK (retention > interval '0'),
    registered_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE registry.tables IS 'tables of the schema clinical that hold personal data';
COMMENT ON COLUMN registry.tables.subject IS 'the column that says whose the row is';
COMMENT ON COLUMN registry.tables.basis IS 'why it may be held, as the law calls it (LGPD art. 7, 11)';
COMMENT ON COLUMN registry.tables.retention IS 'for how long, from the last entry (Law 13.787/2018: 20 years)';

CREATE TABLE IF NOT EXISTS registry.columns (
    relation name NOT NULL REFERENCES registry.tables ON DELETE CASCADE,
    name name NOT NULL,
    number smallint NOT NULL,
    type oid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('identifier', 'narrative', 'quasi', 'health', 'technical')),
    rule jsonb,
    PRIMARY KEY (relation, name)
);
COMMENT ON TABLE registry.columns IS 'every column of those tables; what has no rule never leaves';
COMMENT ON COLUMN registry.columns.number IS 'which column it was: another one of that name is another column';
COMMENT ON COLUMN registry.columns.kind IS
    'identifier: says who it is. narrative: free text. quasi: says it together with others. health. technical.';
COMMENT ON COLUMN registry.columns.rule IS 'how it leaves: {"as": pseudonym | code | number | flag | year | shifted}';

-- What changed since the last run of the job; no subject: all of the table. A row for each change and no key, on
-- purpose: were a second change of one subject dropped because the first still waits, and the job took the first
-- away at that moment, the second would be lost.
CREATE TABLE IF NOT EXISTS deidentification.changes (relation name NOT NULL, subject text);

CREATE OR REPLACE FUNCTION deidentification.note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO deidentification.changes VALUES (TG_TABLE_NAME, NULL);
        RETURN NULL;
    END IF;
    -- Whose a row was, and whose it is: an update may give it to another.
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        EXECUTE format(
            'INSERT INTO deidentification.changes SELECT DISTINCT %L::name, o.%I::text FROM former o',
            TG_TABLE_NAME, TG_ARGV[0]);
    END IF;
    IF TG_OP IN ('UPDATE', 'INSERT') THEN
        EXECUTE format(
            'INSERT INTO deidentification.changes SELECT DISTINCT %L::name, n.%I::text FROM latter n',
            TG_TABLE_NAME, TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;

-- What is wrong with a column's entry; NULL: nothing. The patterns of codes are tried with what must never pass.
CREATE OR REPLACE FUNCTION registry.fault(kind text, type regtype, rule jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    style text := rule ->> 'as';
    allowed CONSTANT jsonb := '{
        "identifier": ["pseudonym"],
        "narrative": [],
        "quasi": ["code", "number", "flag", "year"],
        "health": ["code", "number", "flag", "year", "shifted"],
        "technical": ["pseudonym", "code", "number", "flag", "year", "shifted"]
    }';
    types CONSTANT jsonb := '{
        "code": ["text", "character varying", "character", "\"char\"", "name"],
        "number": ["smallint", "integer", "bigint", "numeric", "real", "double precision"],
        "flag": ["boolean"],
        "year": ["date", "timestamp without time zone", "timestamp with time zone"],
        "shifted": ["date", "timestamp without time zone", "timestamp with time zone"]
    }';
    probe text;
BEGIN
    IF NOT coalesce(allowed ? kind, false) THEN
        RETURN format('%s is no kind; write one of identifier, narrative, quasi, health, technical',
            coalesce(quote_literal(kind), 'nothing'));
    END IF;
    IF rule IS NULL THEN
        RETURN NULL;
    END IF;
    IF NOT coalesce(allowed -> kind ? style, false) THEN
        RETURN CASE kind
            WHEN 'identifier' THEN format('personal data, it says who somebody is: it may be published as a '
                'pseudonym or not at all, not as %s', coalesce(style, 'it is'))
            WHEN 'narrative' THEN 'personal data, anything may be written in free text: it is never published'
            ELSE format('%s may be published as %s, not as %s', kind,
                (SELECT string_agg(each, ', ') FROM jsonb_array_elements_text(allowed -> kind) AS each),
                coalesce(style, 'it is'))
        END;
    END IF;
    IF types ? style AND NOT types -> style ? type::text THEN
        RETURN format('a %s cannot be published as %s', type, style);
    END IF;
    IF style = 'code' THEN
        IF coalesce(rule ->> 'pattern', '') !~ '^\^.+[$]$' THEN
            RETURN 'a code needs a pattern from ^ to $ that says what it looks like';
        END IF;
        FOREACH probe IN ARRAY ARRAY['Maria da Silva', 'MARIA', 'maria', 'João', '123.456.789-09', '12345678909',
                'maria@hospital.example', '+55 11 98765-4321', '11987654321', 'Rua das Flores, 10'] LOOP
            IF probe ~ (rule ->> 'pattern') THEN
                RETURN format('the pattern %s lets %s through', rule ->> 'pattern', probe);
            END IF;
        END LOOP;
    END IF;
    -- A CPF has eleven digits: seven before the point and two after it do not hold one.
    IF style = 'number' AND NOT coalesce(
            (rule ->> 'least')::numeric > -1e7 AND (rule ->> 'most')::numeric < 1e7
            AND coalesce((rule ->> 'digits')::int, 0) BETWEEN 0 AND 2, false) THEN
        RETURN 'a number needs least and most, of seven digits at most, and two digits after the point at most';
    END IF;
    RETURN NULL;
EXCEPTION
    WHEN invalid_regular_expression OR invalid_text_representation THEN
        RETURN format('its rule cannot be read: %s', SQLERRM);
END $$;

-- One statement, so all or nothing: whatever is wrong, nothing has changed.
CREATE OR REPLACE FUNCTION registry.register(
    relation text, subject text, basis text, retention interval, columns jsonb
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place CONSTANT oid := (
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = 'clinical'::regnamespace AND c.relname = relation AND c.relkind = 'r'
    );
    keys name[] := (
        SELECT array_agg(a.attname)
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = place AND i.indisprimary
    );
    column_ record;
    rule jsonb;
    wrong text;
BEGIN
    IF place IS NULL THEN
        RAISE EXCEPTION 'there is no table clinical.%', relation
            USING ERRCODE = 'undefined_table', HINT = 'make it first, in the schema clinical';
    END IF;
    IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = place) THEN
        RAISE EXCEPTION 'clinical.% has no row-level security', relation
            USING HINT = format('ALTER TABLE clinical.%I ENABLE ROW LEVEL SECURITY, and a policy', relation);
    END IF;
    IF keys IS NULL OR cardinality(keys) <> 1 THEN
        RAISE EXCEPTION 'clinical.% needs a primary key of one column', relation
            USING HINT = 'its pseudonym is the key of what is published';
    END IF;
    IF subject IS NULL OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = place
            AND a.attname = subject AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull) THEN
        RAISE EXCEPTION 'clinical.% has no subject column %', relation, coalesce(subject, '(none was named)')
            USING HINT = 'name the column, NOT NULL, that says whose a row is';
    END IF;
    IF coalesce(trim(basis), '') = '' OR coalesce(retention <= interval '0', true) THEN
        RAISE EXCEPTION 'clinical.% needs a legal basis and a retention', relation
            USING HINT = 'such as: LGPD art. 11, II, f; 20 years';
    END IF;
    FOR column_ IN
        SELECT coalesce(a.attname, e.key) AS name, a.attnum, a.atttypid::regtype AS type, e.value AS entry
        FROM (SELECT * FROM pg_attribute WHERE attrelid = place AND attnum > 0 AND NOT attisdropped) a
        FULL JOIN jsonb_each(columns) e ON e.key = a.attname
        ORDER BY a.attnum NULLS FIRST
    LOOP
        IF column_.attnum IS NULL THEN
            RAISE EXCEPTION 'clinical.% has no column %', relation, column_.name USING ERRCODE = 'undefined_column';
        ELSIF column_.entry IS NULL THEN
            RAISE EXCEPTION 'clinical.%.% is not classified', relation, column_.name
                USING HINT = 'name every column with its kind; without a rule it is never published';
        END IF;
        wrong := registry.fault(column_.entry ->> 'kind', column_.type, column_.entry -> 'publish');
        IF wrong IS NOT NULL THEN
            RAISE EXCEPTION 'clinical.%.%: %', relation, column_.name, wrong;
        END IF;
        rule := column_.entry -> 'publish';
        IF rule ->> 'as' = 'pseudonym' AND NOT rule ? 'of' THEN
            IF column_.name NOT IN (subject, keys[1]) THEN
                RAISE EXCEPTION 'clinical.%.%: a pseudonym of what?', relation, column_.name
                    USING HINT = 'write "of": the table whose key it is';
            END IF;
        END IF;
    END LOOP;
    DELETE FROM registry.tables t WHERE t.relation = register.relation;
    INSERT INTO registry.tables VALUES (relation, subject, keys[1], basis, retention);
    INSERT INTO registry.columns
    SELECT relation, a.attname, a.attnum, a.atttypid, e.value ->> 'kind', e.value -> 'publish'
    FROM jsonb_each(columns) e JOIN pg_attribute a ON a.attrelid = place AND a.attname = e.key;
    PERFORM registry.watch(relation, subject);
    INSERT INTO deidentification.changes VALUES (relation, NULL);
END $$;

-- Triggers that note changes; ALWAYS, so that no session setting turns them off.
CREATE OR REPLACE FUNCTION registry.watch(relation text, subject text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event record;
BEGIN
    FOR event IN SELECT * FROM (VALUES
        ('insert', 'REFERENCING NEW TABLE AS latter'),
        ('update', 'REFERENCING OLD TABLE AS former NEW TABLE AS latter'),
        ('delete', 'REFERENCING OLD TABLE AS former'),
        ('truncate', '')
    ) AS each (name, tables) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON clinical.%I %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION deidentification.note(%L)',
            'deidentification_' || event.name, event.name, relation, event.tables, subject);
        EXECUTE format('ALTER TABLE clinical.%I ENABLE ALWAYS TRIGGER %I',
            relation, 'deidentification_' || event.name);
    END LOOP;
END $$;

-- Forget a table, before it is dropped say; the next run of the job takes away what was published of it.
CREATE OR REPLACE FUNCTION registry.withdraw(relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event text;
BEGIN
    DELETE FROM registry.tables t WHERE t.relation = withdraw.relation;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'clinical.% is not registered', relation USING ERRCODE = 'undefined_table';
    END IF;
    IF to_regclass(format('clinical.%I', relation)) IS NOT NULL THEN
        FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
            EXECUTE format('DROP TRIGGER IF EXISTS %I ON clinical.%I', 'deidentification_' || event, relation);
        END LOOP;
    END IF;
    DELETE FROM deidentification.changes c WHERE c.relation = withdraw.relation;
END $$;

-- What somebody has to look at. None of it leaves: only what is listed does.
CREATE OR REPLACE VIEW registry.unregistered AS
SELECT c.relname AS relation, NULL::name AS name FROM pg_class c
WHERE c.relnamespace = 'clinical'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM registry.tables t WHERE t.relation = c.relname)
UNION ALL
SELECT t.relation, a.attname FROM registry.tables t
JOIN pg_class c ON c.relnamespace = 'clinical'::regnamespace AND c.relname = t.relation
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE NOT EXISTS (SELECT FROM registry.columns r WHERE r.relation = t.relation AND r.number = a.attnum);
COMMENT ON VIEW registry.unregistered IS 'tables, and columns of registered ones, that nobody has classified';

CREATE OR REPLACE VIEW registry.replaced AS
SELECT r.relation, r.name FROM registry.columns r
WHERE NOT EXISTS (
    SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'clinical'::regnamespace AND c.relname = r.relation AND a.attname = r.name
        AND a.attnum = r.number AND a.atttypid = r.type AND NOT a.attisdropped
);
COMMENT ON VIEW registry.replaced IS 'columns that are not those that were registered; the job refuses to run';

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
