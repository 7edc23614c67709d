/** A teller's desk: a driverless scanner on the wire, and drawn documents to lay on its glass. */
import { writeFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { answer, EsclMachine } from '../../device/escl-machine.ts';
import { serveEscl } from '../../device/escl-server.ts';
import type { GlassRequest } from '../../specimens/glass.ts';
import { scanGlass, specimenOf } from '../../support/glass.ts';
import { test as base } from './fixtures.ts';
import type { KioskDriver } from './kiosk-driver.ts';

export const DPI = 300;

type Laid = GlassRequest['laid'];

export const glassJpeg = async (laid: Laid): Promise<Uint8Array> =>
  (await scanGlass({ lid: 248, laid }, DPI)).jpeg;

const scanBothSides = async (): Promise<Uint8Array> =>
  glassJpeg([
    {
      specimen: await specimenOf('identity-card-back', DPI),
      xMm: 75,
      yMm: 60,
      turnDeg: 3,
    },
    {
      specimen: await specimenOf('identity-card-front', DPI),
      xMm: 80,
      yMm: 150,
      turnDeg: 178,
    },
  ]);

let scanned: Promise<Uint8Array> | null = null;

/**
 * Both sides, the lower one upside down: what is read on them decides which is which. Drawn once in a
 * process.
 */
export const bothSides = (): Promise<Uint8Array> => (scanned ??= scanBothSides());

interface Desk {
  readonly machine: EsclMachine;
  readonly switchOff: () => Promise<void>;
  readonly switchOn: () => Promise<void>;
  /** What the scanner gives from now on, whatever it is asked for. */
  readonly layDown: (jpeg: Uint8Array) => void;
}

interface DeskFixtures {
  /** What the desk's policy says besides its mode and its scanner. */
  readonly deskPolicy: object;
  readonly desk: Desk;
}

/** Tests at a desk: it is there before a kiosk is launched, which reads its policy at the start. */
export const test = base.extend<DeskFixtures>({
  deskPolicy: [{}, { option: true }],
  desk: async ({ folder, deskPolicy }, use) => {
    const machine = new EsclMachine();
    let server = await serveEscl(machine);
    const { port } = server;
    await writeFile(
      `${folder}/policy.json`,
      JSON.stringify({
        mode: 'teller',
        scanner: {
          drivers: ['escl'],
          escl: { discovery: false, addresses: [{ origin: server.origin }] },
        },
        ...deskPolicy,
      }),
    );
    await use({
      machine,
      switchOff: () => server.stop(),
      switchOn: async () => {
        server = await serveEscl(machine, { port });
      },
      layDown: (jpeg) => {
        machine.interfere = (route) =>
          route === 'document' ? answer(200, { type: 'image/jpeg', body: jpeg }) : null;
      },
    });
    await server.stop();
  },
});

/** From the camera of a document to its scanner, the first there is. */
export const chooseScanner = async ({ page }: KioskDriver): Promise<void> => {
  await page.locator('[data-action="use-scanner"]').click();
  await page.locator('[data-scanner-id]').first().click();
  await expect(page.locator('[data-action="scan"]')).toBeEnabled();
};
