/** Where driverless scanners are found, and which of several ways to one is taken. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { EsclDriver, type EsclOptions } from '../../../../main/devices/escl/escl-driver.ts';
import { createPinBook } from '../../../../main/devices/escl/pin-book.ts';
import type { DeviceHttp } from '../../../../main/ports/device-http.ts';
import { createNodeDeviceHttp } from '../../../../main/ports/node-device-http.ts';
import { EsclMachine } from '../../../device/escl-machine.ts';
import { serveEscl } from '../../../device/escl-server.ts';
import { MACHINE_ORIGIN, machineHttp } from '../../../device/machine-http.ts';
import { makeCertificate } from '../../../support/certificates.ts';
import { GLASS, makeBench, type ScanBench } from './scan-bench.ts';

const PLAIN = 'http://10.0.0.9';
const SECURE = 'https://10.0.0.9';

const announcement = (isSecure: boolean) => ({
  name: 'a stranger’s words',
  address: '10.0.0.9',
  port: isSecure ? 443 : 80,
  txt: {},
  isSecure,
});

/** A desk whose scanner answers at these addresses; which it was asked at is noted. */
const deskAt = (
  origins: readonly string[],
  options: Partial<EsclOptions>,
): ScanBench & { asked: string[] } => {
  const wire = machineHttp(new EsclMachine(), origins);
  const asked: string[] = [];
  const http: DeviceHttp = {
    send: (request, signal) => {
      asked.push(request.origin);
      return wire.send(request, signal);
    },
  };
  const bench = makeBench(({ clock }) => [
    new EsclDriver({ http, clock, discover: null, addresses: [], hasIppUsb: false, ...options }),
  ]);
  return { ...bench, asked };
};

const announced = (...services: readonly ReturnType<typeof announcement>[]) => ({
  discover: () => Promise.resolve(services),
});

describe('a driverless scanner', () => {
  it.each<[where: string, origin: string, options: Partial<EsclOptions>]>([
    ['at an address of the policy', MACHINE_ORIGIN, { addresses: [MACHINE_ORIGIN] }],
    ['that announces itself', PLAIN, announced(announcement(false))],
    ['on USB, behind ipp-usb', 'http://127.0.0.1:60003', { hasIppUsb: true }],
  ])('is found %s, and scans', async (_where, origin, options) => {
    const desk = deskAt([origin], options);
    const [id = ''] = await desk.search();
    expect((await desk.scan(id, GLASS)).pages).toHaveLength(1);
  });

  it.each([
    ['first', [announcement(true), announcement(false)]],
    ['last', [announcement(false), announcement(true)]],
  ])('found twice is one, spoken to by https, which it named %s', async (_when, services) => {
    const desk = deskAt([PLAIN, SECURE], announced(...services));
    const found = await desk.search();
    expect(found).toHaveLength(1);
    desk.asked.length = 0;
    expect((await desk.scan(found[0] ?? '', GLASS)).pages).toHaveLength(1);
    expect(new Set(desk.asked)).toEqual(new Set([SECURE]));
  });

  it('is not looked for where the policy forbids it', async () => {
    const desk = deskAt(['http://127.0.0.1:60003'], {});
    expect(await desk.search()).toEqual([]);
    expect(desk.asked).toEqual([]);
  });
});

it('SEC-25 a scanner with another certificate than before gets no job, and is told of', async () => {
  const serve = async (machine: EsclMachine, port?: number) => {
    const server = await serveEscl(machine, {
      identity: await makeCertificate(),
      ...(port === undefined ? {} : { port }),
    });
    onTestFinished(() => server.stop());
    return server;
  };
  const [own, other] = [new EsclMachine(), new EsclMachine()];
  const server = await serve(own);
  const bench = makeBench(({ clock }) => [
    new EsclDriver({
      http: createNodeDeviceHttp(createPinBook([])),
      clock,
      discover: null,
      addresses: [server.origin],
      hasIppUsb: false,
    }),
  ]);
  const listed = bench.service;
  listed.refresh();
  await expect.poll(() => listed.scanners().scanners.length).toBe(1);
  const [scanner] = listed.scanners().scanners;
  const id = scanner?.id ?? '';
  expect(await bench.begin(id, GLASS).outcome).toMatchObject({ code: null, pages: [{}] });
  await server.stop();
  await serve(other, server.port);
  expect((await bench.begin(id, GLASS).outcome).code).toBe('SCANNER_NOT_TRUSTED');
  expect(other.journal).toEqual([]);
});
