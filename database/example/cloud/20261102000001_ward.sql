-- migrate:up

-- As in database/example/deidentified: same names, same types.

CREATE TABLE IF NOT EXISTS deidentified.patients (
    key uuid PRIMARY KEY,
    subject uuid NOT NULL,
    born int,
    sex text
);

CREATE TABLE IF NOT EXISTS deidentified.encounters (
    key uuid PRIMARY KEY,
    subject uuid NOT NULL,
    began timestamptz,
    diagnosis text,
    urgent boolean
);

CREATE TABLE IF NOT EXISTS deidentified.vitals (
    key uuid PRIMARY KEY,
    subject uuid NOT NULL,
    encounter uuid,
    at timestamptz,
    pulse numeric,
    temperature numeric
);

CREATE TABLE IF NOT EXISTS deidentified.prescriptions (
    key uuid PRIMARY KEY,
    subject uuid NOT NULL,
    encounter uuid,
    written timestamp,
    substance text,
    milligrams numeric
);

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
