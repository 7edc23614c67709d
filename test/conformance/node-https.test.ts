import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createNodeHttpsTransport } from '../../main/ports/node-https-transport.ts';
import { DIRECT_CASES } from './all-cases.ts';
import { PROXY_CASES } from './cases/proxy-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { DIFFERENCES, expectationOf, titleOf } from './differences.ts';
import { makeIdentities, type Identities } from './identities.ts';
import { playCase } from './play-case.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { createWireEnd } from './wire-end.ts';

const ALL_CASES = [...DIRECT_CASES, ...PROXY_CASES];
const titled = (cases: readonly ConformanceCase[]): readonly [string, ConformanceCase][] =>
  cases.map((subject) => [titleOf(subject, 'node-https'), subject]);

const end = createWireEnd(createNodeHttpsTransport);
let identities: Identities;

beforeAll(async () => {
  identities = await makeIdentities();
});

describe('SEC-25 the node https transport conforms', () => {
  it.each(titled(DIRECT_CASES))('%s', async (_title, subject) => {
    const { seen } = expectationOf(subject, 'node-https');
    expect(await playCase(subject, end, identities)).toEqual({ ...seen, violations: [] });
  });
});

describe('SEC-25 the node https transport beside a proxy', () => {
  let proxy: Proxy;

  beforeAll(async () => {
    proxy = await startProxy();
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy.stop();
  });

  it.each(titled(PROXY_CASES))('%s', async (_title, subject) => {
    const { seen } = expectationOf(subject, 'node-https');
    expect(await playCase(subject, end, identities, proxy)).toEqual({ ...seen, violations: [] });
  });
});

describe('the conformance suite', () => {
  it('has each case once', () => {
    const names = ALL_CASES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('lists no difference of a case that is not there, twice for one end, or that is none', () => {
    const named = DIFFERENCES.flatMap(({ ends, cases, seen }) =>
      cases.flatMap((name) => ends.map((end) => ({ name, end, seen }))),
    );
    const keys = named.map(({ name, end }) => `${name} at ${end}`);
    expect(keys).toEqual([...new Set(keys)]);
    for (const { name, seen } of named) {
      const subject = ALL_CASES.find((candidate) => candidate.name === name);
      expect(subject).toMatchObject({ name });
      expect(subject?.expected).not.toEqual({ ...subject?.expected, ...seen });
    }
  });
});
