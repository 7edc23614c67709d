import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { notices } from '../../../build/notices.ts';
import { SHIPPED_PACKAGES } from '../../../build/shipped-packages.ts';

const root = new URL('../../../', import.meta.url);
const written = readFileSync(new URL('THIRD-PARTY-NOTICES.md', root), 'utf8');

it('names every shipped package and its licence as the lockfile has them', () => {
  expect(written).toBe(notices());
});

it('leaves no shipped package without a licence', () => {
  expect(written).not.toContain('see package');
  for (const name of SHIPPED_PACKAGES) expect(written).toContain(`## ${name} `);
});

it('ships the face network whose origin and licence are named, byte for byte', () => {
  const model = readFileSync(new URL('renderer/vision/face/model/blazeface.bin', root));
  const digest = createHash('sha256').update(model).digest('hex');
  expect(written).toContain('## BlazeFace (model)\n\nApache-2.0');
  expect(written).toContain(`blazeface.bin ${digest}`);
});
