/**
 * The index's tables and how they came to be: each entry of MIGRATIONS leads from one version to the
 * next, and none that was shipped is ever changed. Queue columns are in the clear and say nothing
 * about anybody; whatever could is sealed.
 */
import type { SqliteDatabase } from '../ports/sqlite.ts';

/** Marks the file as ours ("MKOB"). Source: SQLite, PRAGMA application_id. */
export const APPLICATION_ID = 0x4d_4b_4f_42;

/**
 * Times named `_lived_` are of the kiosk's own clock (durable-clock.ts), `_wall_` of the system's.
 * `wrapped_key` is the item's only key: with its row, the item's file becomes noise.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE item (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     item_id TEXT NOT NULL UNIQUE,
     state TEXT NOT NULL,
     due_lived_ms INTEGER,
     attempts INTEGER NOT NULL,
     code TEXT,
     saved_wall_ms INTEGER NOT NULL,
     saved_lived_ms INTEGER NOT NULL,
     size_bytes INTEGER NOT NULL,
     key_number INTEGER NOT NULL,
     wrapped_key BLOB NOT NULL,
     content BLOB NOT NULL,
     delivery BLOB NOT NULL
   ) STRICT;
   CREATE INDEX item_by_state ON item (state);
   CREATE INDEX item_by_due ON item (due_lived_ms, sequence) WHERE due_lived_ms IS NOT NULL;
   CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE receipt (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     item_id TEXT NOT NULL UNIQUE,
     delivered_wall_ms INTEGER NOT NULL,
     delivered_lived_ms INTEGER NOT NULL,
     reconciled INTEGER NOT NULL,
     key_number INTEGER NOT NULL,
     sealed BLOB NOT NULL
   ) STRICT;
   CREATE INDEX receipt_by_time ON receipt (delivered_wall_ms);`,
];

/** The version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a database of any older version, or an empty one, to `upTo`. All or nothing. */
export const migrate = (
  database: SqliteDatabase,
  from: number,
  upTo: number = SCHEMA_VERSION,
): void => {
  if (from === upTo) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(from, upTo)) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${upTo};`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};
