import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { notices, SHIPPED_PACKAGES } from '../../../build/notices.ts';

const root = new URL('../../../', import.meta.url);
const written = readFileSync(new URL('THIRD-PARTY-NOTICES.md', root), 'utf8');

it('names every shipped package and its licence as the lockfile has them', () => {
  expect(written).toBe(notices());
});

it('leaves no shipped package without a licence', () => {
  expect(written).not.toContain('see package');
  for (const name of SHIPPED_PACKAGES) expect(written).toContain(`## ${name} `);
});
