/**
 * `npm run -s demo`: the real app from attract to receipt, by itself, with a fake camera, in the
 * chosen runtime. Photographs the screens on its way into out/demo; one that passes sooner than a
 * picture is taken is left out. Progress on stderr; the last line of stdout is one JSON object. Exit 0
 * only when the submission was delivered.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KioskDriver } from '../e2e/support/kiosk-driver.ts';
import { launchKiosk } from '../e2e/support/launch.ts';
import { parseDemoArguments, USAGE, type DemoChoices } from './demo-arguments.ts';
import { sessionClip } from './session-clip.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PICTURES = join(ROOT, 'out', 'demo');
const EX_USAGE = 64;

interface DemoResult {
  /** SAVED: sealed on the device, to be sent later. */
  readonly outcome: 'DELIVERED' | 'SAVED' | 'FAILED' | 'STUCK';
  /** Why it was not delivered; null when it was, or when nothing named a reason. */
  readonly code: string | null;
  readonly scanRef: string | null;
  readonly runtime: string;
  readonly steps: readonly {
    readonly step: string;
    readonly bytes: number;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly ms: number | null;
  }[];
  readonly pictures: readonly string[];
}

const say = (message: string): void => {
  process.stderr.write(`demo: ${message}\n`);
};

const build = (): void => {
  say('building');
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) throw new Error('the build failed');
};

/** The bank's policy for this run: where to deliver, and whether the token is handed over. */
const writePolicy = async (folder: string, choices: DemoChoices): Promise<string> => {
  const path = join(folder, 'policy.json');
  // A copy: the kiosk takes no certificate that another user could have written.
  const extraCaFile = join(folder, 'ca.pem');
  if (choices.ca !== null)
    await writeFile(extraCaFile, await readFile(resolve(choices.ca)), { mode: 0o600 });
  const policy = {
    ...(choices.endpoint === null
      ? {}
      : {
          endpoint: {
            origin: choices.endpoint,
            ...(choices.ca === null ? {} : { extraCaFile }),
          },
        }),
    ...(choices.credentials?.authToken === undefined ? {} : { tokens: { source: 'handoff' } }),
  };
  await writeFile(path, JSON.stringify(policy), { mode: 0o600 });
  return path;
};

/** The clip that was named, else our own. */
const clipOf = async (choices: DemoChoices): Promise<string> => {
  if (choices.camera !== null) return resolve(choices.camera);
  say('drawing the camera clip');
  return sessionClip(choices.documentType);
};

const run = async (choices: DemoChoices, folder: string): Promise<DemoResult> => {
  build();
  const file = await clipOf(choices);
  await rm(PICTURES, { recursive: true, force: true });
  const kiosk = await launchKiosk({
    appDir: ROOT,
    userDataDir: join(folder, 'user-data'),
    args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`],
    env: {
      MARKID_KIOSK_POLICY: await writePolicy(folder, choices),
      ...(choices.isHeaded ? { KIOSK_HEADED: '1' } : {}),
    },
  });
  say(`running in the runtime ${kiosk.runtime}`);
  const driver = new KioskDriver(kiosk.page, PICTURES);
  const result = {
    outcome: 'STUCK' as DemoResult['outcome'],
    code: null as string | null,
    scanRef: null as string | null,
    runtime: kiosk.runtime,
    steps: [] as DemoResult['steps'][number][],
  };
  try {
    await driver.screen('attract');
    if (choices.credentials !== null) {
      say('entering the credentials in the operator room');
      await driver.provision({
        pin: '739158',
        passphrase: 'a passphrase for this run only',
        ...choices.credentials,
      });
    }
    say(`presenting ${choices.documentType} of ${choices.country}`);
    await driver.begin(choices, choices.credentials?.authToken ?? null);
    const times = await driver.capture();
    for (const { step, picture } of (await driver.session()).steps)
      if (picture !== null)
        result.steps.push({
          step,
          bytes: picture.sizeBytes,
          widthPx: picture.widthPx,
          heightPx: picture.heightPx,
          ms: times.get(step) ?? null,
        });
    say('submitting');
    if ((await driver.submit()) === 'receipt') {
      const { receipt } = await driver.session();
      result.outcome = (receipt?.delivery ?? null) === null ? 'SAVED' : 'DELIVERED';
      result.code = receipt?.code ?? null;
      result.scanRef = receipt?.delivery?.scanRef ?? null;
    } else {
      result.outcome = 'FAILED';
      result.code = await kiosk.page.locator('[data-screen="failure"]').getAttribute('data-code');
    }
  } catch (error) {
    say(error instanceof Error ? error.message : 'stopped');
    const screen = kiosk.page.locator('[data-code]').first();
    if ((await screen.count().catch(() => 0)) > 0)
      result.code = await screen.getAttribute('data-code');
    await driver.photograph('stuck').catch(() => undefined);
  } finally {
    await kiosk.close();
  }
  return { ...result, pictures: driver.pictures.map((path) => relative(ROOT, path)) };
};

const choices = await parseDemoArguments(process.argv.slice(2), (path) => readFile(path, 'utf8'));
if (choices.kind === 'help') {
  process.stdout.write(USAGE);
} else if (choices.kind === 'wrong') {
  say(choices.reason);
  process.stderr.write(USAGE);
  process.exitCode = EX_USAGE;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-demo-'));
  try {
    const result = await run(choices, folder);
    if (result.outcome === 'DELIVERED')
      say(`delivered; pictures of its way in ${relative(process.cwd(), PICTURES) || '.'}`);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exitCode = result.outcome === 'DELIVERED' ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
