/** The product against a server that shares no code with it and knows only the documented wire format. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'playwright/test';
import { makeCertificate } from '../support/certificates.ts';
import { startForeignMarkId, type ForeignAnswer } from '../support/foreign-mark-id.ts';
import { cameraFor, driverOf, test } from './support/fixtures.ts';

const OPERATOR = { pin: '739158', passphrase: 'a passphrase of this test' };
const CREDENTIALS = { apiKey: 'bank-key', apiSecret: 'bank-secret-40317' };
/** Mark ID: 6 MB an image, counted on its base64 text. */
const MAX_IMAGE_CHARS = 6_000_000;

const problem = (status: number, identifier?: string): ForeignAnswer => ({
  status,
  body: JSON.stringify({
    message: 'Jonas Jonaitis is not readable',
    identifier,
    severity: 'SEVERE',
  }),
});

/** Answers to /process that need the customer again, and the code each must end in. */
const ANSWERS: readonly [answer: ForeignAnswer, code: string][] = [
  [problem(400, 'MISSING_VALUE'), 'MARKID_MISSING_VALUE'],
  [problem(400, 'BAD_VALUE'), 'MARKID_BAD_VALUE'],
  [problem(400, 'VALIDATION_ERROR'), 'MARKID_VALIDATION_ERROR'],
  [{ status: 413, body: 'too large' }, 'MARKID_REQUEST_TOO_LARGE'],
  [problem(200, 'DOCUMENT_NOT_DETECTED'), 'MARKID_ACCEPTED_WITH_ERROR'],
];

test('a foreign server gets a whole submission, and each of its errors is told by its own code', async ({
  launch,
  folder,
}) => {
  const authority = await makeCertificate({ subject: 'CN=Bank CA', isCa: true });
  const identity = await makeCertificate({ issuer: authority, ipAddresses: ['127.0.0.1'] });
  const server = await startForeignMarkId(identity);
  await writeFile(join(folder, 'ca.pem'), authority.certificatePem, { mode: 0o600 });
  await writeFile(
    join(folder, 'policy.json'),
    JSON.stringify({ endpoint: { origin: server.origin, extraCaFile: join(folder, 'ca.pem') } }),
  );
  try {
    const kiosk = await launch(await cameraFor('ID_CARD'));
    const driver = driverOf(kiosk);
    await driver.screen('attract');
    await driver.provision({ ...OPERATOR, ...CREDENTIALS });
    await driver.begin({ country: 'LT', documentType: 'ID_CARD' });
    await driver.capture();
    const failure = kiosk.page.locator('[data-screen="failure"]');
    const send = (): Promise<void> => driver.press('submit');

    await test.step('each documented error keeps the session and names its code', async () => {
      for (const [answer, code] of ANSWERS) {
        server.answers = [answer];
        await send();
        await expect(failure).toHaveAttribute('data-code', code);
        await expect(kiosk.page.locator('body')).not.toContainText('Jonaitis');
        const { steps } = await driver.session();
        expect(steps.length, code).toBe(3);
        expect(
          steps.every(({ picture }) => picture !== null),
          code,
        ).toBe(true);
        await failure.locator('[data-action="retake"]').click();
        await driver.screen('review');
      }
    });

    await test.step('the right answer delivers', async () => {
      server.answers = [{ status: 200 }];
      await send();
      await driver.screen('receipt');
    });

    await test.step('each refused submission gave its place to the next', async () => {
      const { waiting, sending, checking, needsPerson, deliveredToday } = (await driver.status())
        .outbox;
      expect({ waiting, sending, checking, needsPerson, deliveredToday }).toEqual({
        waiting: 0,
        sending: 0,
        checking: 0,
        needsPerson: 0,
        deliveredToday: 1,
      });
    });

    const tokens = server.requests
      .filter(({ path }) => path === '/api/v2/process')
      .map(({ body }) => String(body['authToken']));
    expect(new Set(tokens).size, 'a token is sent once').toBe(tokens.length);

    const last = server.requests.findLast(({ path }) => path === '/api/v2/process');
    expect(last?.authorization).toBe(
      `Basic ${Buffer.from(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`).toString('base64')}`,
    );
    expect(last?.body).toMatchObject({ country: 'LT', documentType: 'ID_CARD' });
    const images = Object.entries(last?.body['images'] as Record<string, string>);
    expect(images.map(([step]) => step).toSorted()).toEqual(['BACK', 'FACE', 'FRONT']);
    for (const [step, base64] of images) {
      expect(base64.length, step).toBeLessThanOrEqual(MAX_IMAGE_CHARS);
      const image = sharp(Buffer.from(base64, 'base64'), { failOn: 'warning' });
      const facts = await image.metadata();
      expect(facts, step).toMatchObject({ format: 'jpeg', width: 1280, height: 720 });
      const { orientation, exif, xmp, iptc, icc, comments } = facts;
      const metadata = [orientation, exif, xmp, iptc, icc, comments];
      expect(
        metadata.every((each) => each === undefined),
        step,
      ).toBe(true);
      await image.stats();
    }
  } finally {
    await server.stop();
  }
});
