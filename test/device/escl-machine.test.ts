/** What the simulator's feeder does by itself; that it speaks eSCL is for other people's clients to say. */
import { beforeEach, expect, it } from 'vitest';
import { scanSettings } from '../../main/devices/escl/scan-settings.ts';
import { EsclMachine, type EsclReply } from './escl-machine.ts';

let machine: EsclMachine;
let job: string;
const ask = (method: string, path: string, body = ''): Promise<EsclReply> =>
  machine.handle({ method, path, body, host: 'scanner' });

beforeEach(async () => {
  machine = new EsclMachine();
  machine.sheets = 1;
  const source = { source: 'feeder', widthMm: 40, heightMm: 30 } as const;
  const settings = scanSettings({ source, dpi: 75, colour: 'colour' }, null);
  const opened = await ask('POST', '/eSCL/ScanJobs', settings);
  if (opened.kind !== 'answer') throw new Error('A ready scanner opens a job.');
  job = new URL(opened.location ?? '').pathname;
});

it('gives a page when the feeder has pulled it, and its end when it has felt for another', async () => {
  const steps = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  machine.pull = async (pageIndex) => steps[pageIndex]?.promise;
  for (const [step, status] of [
    [steps[0], 200],
    [steps[1], 404],
  ] as const) {
    const answered: EsclReply[] = [];
    const asked = ask('GET', `${job}/NextDocument`).then((reply) => answered.push(reply));
    await ask('GET', '/eSCL/ScannerStatus');
    expect(answered).toEqual([]);
    step.resolve();
    await asked;
    expect(answered).toEqual([expect.objectContaining({ status })]);
  }
  expect([machine.sheets, machine.openJobs]).toEqual([0, 0]);
});

it('keeps the sheet of a job that is deleted while it is pulled', async () => {
  const step = Promise.withResolvers<void>();
  machine.pull = () => step.promise;
  const asked = ask('GET', `${job}/NextDocument`);
  await ask('DELETE', job);
  step.resolve();
  expect(await asked).toMatchObject({ status: 404 });
  expect(machine.sheets).toBe(1);
});
