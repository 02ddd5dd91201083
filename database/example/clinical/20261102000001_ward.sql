-- migrate:up

-- A small record, for tests and for development. A service's own migrations look like this: tables, row-level
-- security, grants, and the registry last.

CREATE TABLE IF NOT EXISTS clinical.staff (
    actor uuid NOT NULL,
    ward text NOT NULL,
    PRIMARY KEY (actor, ward)
);
COMMENT ON TABLE clinical.staff IS 'who works where; it holds no patient';

CREATE TABLE IF NOT EXISTS clinical.patients (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    cpf text UNIQUE,
    address text,
    born date,
    sex text,
    postal_code text,
    ward text NOT NULL,
    notes text
);

CREATE TABLE IF NOT EXISTS clinical.encounters (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient uuid NOT NULL REFERENCES clinical.patients,
    began timestamptz,
    diagnosis text,
    urgent boolean,
    summary text
);

CREATE TABLE IF NOT EXISTS clinical.documents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient uuid NOT NULL REFERENCES clinical.patients,
    object text NOT NULL,
    title text,
    body text
);

CREATE TABLE IF NOT EXISTS clinical.vitals (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient uuid NOT NULL REFERENCES clinical.patients,
    encounter uuid REFERENCES clinical.encounters,
    at timestamptz,
    pulse numeric,
    temperature numeric,
    remark text
);

CREATE TABLE IF NOT EXISTS clinical.prescriptions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient uuid NOT NULL REFERENCES clinical.patients,
    encounter uuid REFERENCES clinical.encounters,
    written date,
    substance text,
    milligrams numeric,
    prescriber text,
    instructions text
);

CREATE INDEX IF NOT EXISTS encounters_patient ON clinical.encounters (patient);
CREATE INDEX IF NOT EXISTS documents_patient ON clinical.documents (patient);
CREATE INDEX IF NOT EXISTS vitals_patient ON clinical.vitals (patient);
CREATE INDEX IF NOT EXISTS prescriptions_patient ON clinical.prescriptions (patient);

-- Whoever acts sees the patients of his wards, and what belongs to them; nobody in particular sees nothing.
ALTER TABLE clinical.staff ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON clinical.staff;
CREATE POLICY own ON clinical.staff FOR SELECT TO clinical_app USING (actor = (SELECT access.actor()));
GRANT SELECT ON clinical.staff TO clinical_app;

ALTER TABLE clinical.patients ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ward ON clinical.patients;
CREATE POLICY ward ON clinical.patients TO clinical_app USING (ward IN (SELECT s.ward FROM clinical.staff s));
GRANT SELECT, INSERT, UPDATE ON clinical.patients TO clinical_app;

DO $$
DECLARE
    relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['encounters', 'documents', 'vitals', 'prescriptions'] LOOP
        EXECUTE format('ALTER TABLE clinical.%I ENABLE ROW LEVEL SECURITY', relation);
        EXECUTE format('DROP POLICY IF EXISTS ward ON clinical.%I', relation);
        EXECUTE format('CREATE POLICY ward ON clinical.%I TO clinical_app '
            'USING (patient IN (SELECT p.id FROM clinical.patients p))', relation);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON clinical.%I TO clinical_app', relation);
    END LOOP;
END $$;

SELECT registry.register('patients', 'id', 'LGPD art. 11, II, f', '20 years', '{
    "id": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "name": {"kind": "identifier"},
    "cpf": {"kind": "identifier"},
    "address": {"kind": "identifier"},
    "born": {"kind": "quasi", "publish": {"as": "year"}},
    "sex": {"kind": "quasi", "publish": {"as": "code", "pattern": "^[FMX]$"}},
    "postal_code": {"kind": "quasi"},
    "ward": {"kind": "technical"},
    "notes": {"kind": "narrative"}
}');

SELECT registry.register('encounters', 'patient', 'LGPD art. 11, II, f', '20 years', '{
    "id": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "patient": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "began": {"kind": "health", "publish": {"as": "shifted"}},
    "diagnosis": {"kind": "health", "publish": {"as": "code", "pattern": "^[A-Z][0-9]{2}([.][0-9A-Z]{1,2})?$"}},
    "urgent": {"kind": "health", "publish": {"as": "flag"}},
    "summary": {"kind": "narrative"}
}');

SELECT registry.register('documents', 'patient', 'LGPD art. 11, II, f', '20 years', '{
    "id": {"kind": "technical"},
    "patient": {"kind": "technical"},
    "object": {"kind": "identifier"},
    "title": {"kind": "narrative"},
    "body": {"kind": "narrative"}
}');

SELECT registry.register('vitals', 'patient', 'LGPD art. 11, II, f', '20 years', '{
    "id": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "patient": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "encounter": {"kind": "technical", "publish": {"as": "pseudonym", "of": "encounters"}},
    "at": {"kind": "health", "publish": {"as": "shifted"}},
    "pulse": {"kind": "health", "publish": {"as": "number", "least": 0, "most": 400}},
    "temperature": {"kind": "health", "publish": {"as": "number", "least": 20, "most": 50, "digits": 1}},
    "remark": {"kind": "narrative"}
}');

SELECT registry.register('prescriptions', 'patient', 'LGPD art. 11, II, f', '20 years', '{
    "id": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "patient": {"kind": "technical", "publish": {"as": "pseudonym"}},
    "encounter": {"kind": "technical", "publish": {"as": "pseudonym", "of": "encounters"}},
    "written": {"kind": "health", "publish": {"as": "shifted"}},
    "substance": {"kind": "health", "publish": {"as": "code", "pattern": "^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$"}},
    "milligrams": {"kind": "health", "publish": {"as": "number", "least": 0, "most": 100000, "digits": 2}},
    "prescriber": {"kind": "identifier"},
    "instructions": {"kind": "narrative"}
}');

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
