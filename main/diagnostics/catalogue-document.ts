/** The catalogue of events as a document for people: EVENTS.md is exactly this (a test compares). */
import { z } from 'zod';
import { EVENT_CATALOGUE } from '../../preload/contract/event-catalogue.ts';

const HEAD = `# What the kiosk writes down about itself

Generated from \`preload/contract/event-catalogue.ts\` by \`npm run -s events -- catalogue\`; a test
compares the two. There is no other event and no other field, so that nothing about a person, no
credential, no answer of a server and no path can be in the log (SEC-26).

Each line of \`events/events-<number>.jsonl\` also has \`sequence\`, \`previous\` (hash of the record
before), \`atMs\` (wall clock), \`livedMs\` (the kiosk's own time, which nobody sets) and \`hash\`. The
first line is the head: it names the last record, and is signed with a key of the vault.
\`npm run -s events -- verify FILE|FOLDER\` names whatever was changed (SEC-35).
`;

/** JSON Schema as far as fields of events use it. */
const fieldShape = z.looseObject({
  title: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z
    .array(z.looseObject({ title: z.string().optional(), type: z.string().optional() }))
    .optional(),
});

const wordsOf = (shape: unknown): string => {
  const { title, type, enum: words, anyOf } = fieldShape.parse(shape);
  if (anyOf !== undefined) return anyOf.map(wordsOf).join(' or ');
  if (title !== undefined) return title;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (type === 'integer') return 'a whole number';
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'null') return '`null`';
  throw new Error('a field of an event must be a number, a boolean or a word');
};

/** The whole document as Markdown. */
export const catalogueDocument = (): string => {
  const sections = Object.entries(EVENT_CATALOGUE).map(([name, { says, fields }]) => {
    const lines = Object.entries(fields.shape).map(
      ([field, schema]) => `- \`${field}\`: ${wordsOf(z.toJSONSchema(schema))}\n`,
    );
    const list = lines.length === 0 ? '' : `\n${lines.join('')}`;
    return `\n## \`${name}\`\n\n${says}\n${list}`;
  });
  return HEAD + sections.join('');
};
