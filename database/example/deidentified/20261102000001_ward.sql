-- migrate:up

-- What the example's registry publishes; the cloud has the same tables.

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

CREATE INDEX IF NOT EXISTS patients_subject ON deidentified.patients (subject);
CREATE INDEX IF NOT EXISTS encounters_subject ON deidentified.encounters (subject);
CREATE INDEX IF NOT EXISTS vitals_subject ON deidentified.vitals (subject);
CREATE INDEX IF NOT EXISTS prescriptions_subject ON deidentified.prescriptions (subject);

ALTER PUBLICATION deidentified SET TABLE
    deidentified.patients (key, subject, born, sex),
    deidentified.encounters (key, subject, began, diagnosis, urgent),
    deidentified.vitals (key, subject, encounter, at, pulse, temperature),
    deidentified.prescriptions (key, subject, encounter, written, substance, milligrams);
SELECT incoming.admit();

-- migrate:down
-- Nothing goes back: a mistake is mended by the next migration.
