/** What a scanner that is broken, or none, may send: a closed code for each, and nothing endless. */
import { describe, expect, it } from 'vitest';
import { announcedAddresses } from '../../../../main/devices/escl/addresses.ts';
import { parseCapabilities, parseStatus } from '../../../../main/devices/escl/capabilities.ts';
import { jobPath } from '../../../../main/devices/escl/escl-job.ts';
import { createPinBook } from '../../../../main/devices/escl/pin-book.ts';
import { MAX_XML_BYTES, parseXml, textAt } from '../../../../main/devices/escl/xml.ts';
import { capabilitiesDocument } from '../../../device/escl-documents.ts';
import { answer } from '../../../device/escl-machine.ts';
import { brokenPages } from '../../../support/scan-pages.ts';
import { esclBench, STACK } from './scan-bench.ts';

const broken = await brokenPages();

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

const good = capabilitiesDocument({ model: 'M', uuid: 'u', hasFeeder: true });

const bomb = `<?xml version="1.0"?><!DOCTYPE b [${Array.from(
  { length: 10 },
  (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
).join('')}]><ScannerCapabilities><MakeAndModel>&e10;</MakeAndModel></ScannerCapabilities>`;

const DOCUMENTS: readonly [what: string, text: string][] = [
  ['nothing', ''],
  ['no XML', 'HTTP is fine, XML is not'],
  ['HTML', '<html><body>Login</body></html>'],
  ['another document', '<a><ScannerCapabilities/></a>'],
  ['a cut document', good.slice(0, good.length / 2)],
  ['an entity bomb', bomb],
  ['a good one with a document type', good.replace('?>', '?><!DOCTYPE a>')],
  ['a good one with an entity of its own', good.replace('?>', '?><!DOCTYPE a [<!ENTITY M "N">]>')],
  ['a good one with an entity alone', good.replace('?>', '?><!ENTITY M "N">')],
  ['an outside entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><ScannerCapabilities/>'],
  ['depth without end', '<a>'.repeat(20_000)],
  ['depth that ends', `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}`],
  ['a flood', `<ScannerCapabilities>${'<x>y</x>'.repeat(MAX_XML_BYTES)}</ScannerCapabilities>`],
  ['no paper source', '<ScannerCapabilities><MakeAndModel>M</MakeAndModel></ScannerCapabilities>'],
  ['a prototype', '<ScannerCapabilities><__proto__><Platen/></__proto__></ScannerCapabilities>'],
  ['a text for a source', '<ScannerCapabilities><Platen>yes</Platen></ScannerCapabilities>'],
];

describe('an XML answer', () => {
  it.each(DOCUMENTS)('that is %s is no scanner and no status', (_what, text) => {
    expect(parseCapabilities(bytes(text))).toBeNull();
    expect(parseStatus(bytes(text))).toBeNull();
  });

  it.each(DOCUMENTS)(
    'that is %s finds no scanner, and ends a scan by its code',
    async (_what, text) => {
      const bench = await esclBench(1);
      bench.machine.interfere = (route) =>
        route === 'capabilities' ? answer(200, { type: 'text/xml', body: bytes(text) }) : null;
      const { code } = await bench.scan(bench.id, STACK);
      expect(['SCANNER_NOT_UNDERSTOOD', 'SCANNER_TOO_LARGE']).toContain(code);
      expect(await bench.search()).toEqual([]);
      expect(bench.service.scanners().code).toBe('SCANNER_NONE_FOUND');
    },
  );

  it('is read whatever prefixes it has, but its entities are left as they are', () => {
    const other = good.replaceAll('scan:', 'x:').replaceAll('pwg:', '');
    expect(parseCapabilities(bytes(other))).toEqual(parseCapabilities(bytes(good)));
    const root = parseXml(bytes('<A><B>&lt;&amp;&#65;</B></A>'), 'A');
    expect(textAt(root, 'B')).toBe('&lt;&amp;&#65;');
  });

  it('gives resolutions of a range and none beyond the limits', () => {
    const range =
      '<scan:SupportedResolutions><scan:ResolutionRange><scan:XResolutionRange>' +
      '<scan:Min>75</scan:Min><scan:Max>9600</scan:Max><scan:Step>1</scan:Step>' +
      '</scan:XResolutionRange></scan:ResolutionRange></scan:SupportedResolutions>';
    const text = good.replaceAll(
      /<scan:SupportedResolutions>[\s\S]*?<\/scan:SupportedResolutions>/g,
      range,
    );
    expect(parseCapabilities(bytes(text))?.capabilities.resolutionsDpi).toEqual([
      75, 100, 150, 200, 240, 300, 400, 600,
    ]);
  });
});

describe('a page', () => {
  it.each([...broken])('that is %s ends the scan by a code', async (_what, body) => {
    const bench = await esclBench(1);
    bench.machine.interfere = (route) =>
      route === 'document' ? answer(200, { type: 'image/jpeg', body }) : null;
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect(pages).toEqual([]);
    expect(['SCANNER_PICTURE_INCOMPLETE', 'SCANNER_NOT_UNDERSTOOD', 'SCANNER_TOO_LARGE']).toContain(
      code,
    );
    expect(bench.machine.openJobs).toBe(0);
  });

  it('is judged by its bytes, whatever type it is said to be', async () => {
    const bench = await esclBench(1);
    const honest = await bench.scan(bench.id, STACK);
    bench.machine.sheets = 1;
    let sent = 0;
    bench.machine.interfere = (route) => {
      if (route !== 'document' || sent > 0) return null;
      sent += 1;
      return answer(200, { type: 'text/html', body: honest.pages[0]?.bytes ?? new Uint8Array() });
    };
    expect((await bench.scan(bench.id, STACK)).pages[0]?.bytes).toEqual(honest.pages[0]?.bytes);
  });

  it('without a length that was cut is incomplete; cut with a length it is interrupted', async () => {
    for (const [hasLength, code] of [
      [false, 'SCANNER_PICTURE_INCOMPLETE'],
      [true, 'SCANNER_INTERRUPTED'],
    ] as const) {
      const bench = await esclBench(1);
      const { pages } = await bench.scan(bench.id, STACK);
      const body = pages[0]?.bytes ?? new Uint8Array();
      bench.machine.sheets = 1;
      bench.machine.interfere = (route) =>
        route === 'document' ? answer(200, { body, hasLength, cutAfter: body.length - 40 }) : null;
      expect((await bench.scan(bench.id, STACK)).code).toBe(code);
    }
  });
});

describe('the place of a job', () => {
  const origin = 'http://10.0.0.7';

  it.each([
    ['http://10.0.0.7/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['http://evil.example:99/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['https://user:secret@evil.example/eSCL/ScanJobs/1/?a=b#c', '/eSCL/ScanJobs/1'],
    ['//evil.example/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['/eSCL/../../x', '/x'],
  ])('is the path of %s alone', (location, path) => {
    expect(jobPath(location, origin)).toBe(path);
  });

  it.each([
    null,
    '',
    '/',
    'http://',
    'javascript:alert(1)',
    `/${'a'.repeat(300)}`,
    '/a/"b"<c>\\d|',
  ])('is nowhere for %s', (location) => {
    expect(jobPath(location, origin) ?? '').not.toMatch(/["<>\\|\s]/);
    if (location === null || location.length > 255 || location === '')
      expect(jobPath(location, origin)).toBeNull();
  });

  it.each(['path', 'wrong-host'] as const)(
    'is found by a scanner that names it by %s',
    async (style) => {
      const bench = await esclBench(2);
      bench.machine.locationStyle = style;
      expect((await bench.scan(bench.id, STACK)).pages).toHaveLength(2);
    },
  );

  it.each([404, 410, 409] as const)('ends with the stack when the scanner says %i', async (end) => {
    const bench = await esclBench(2);
    bench.machine.endOfStack = end;
    const { code, pages } = await bench.scan(bench.id, STACK);
    expect([code, pages.length]).toEqual([null, 2]);
  });
});

describe('an announcement', () => {
  const service = { name: 'x', port: 80, txt: {}, isSecure: false };

  it('leads to its own address, and to the root it names', () => {
    expect(
      announcedAddresses([
        { ...service, address: '10.0.0.7', txt: { rs: 'eSCL/v2' } },
        { ...service, address: '10.0.0.8', port: 443, isSecure: true, txt: { rs: '/eSCL' } },
      ]),
    ).toEqual([
      { origin: 'http://10.0.0.7', root: '/eSCL/v2' },
      { origin: 'https://10.0.0.8', root: '/eSCL' },
    ]);
  });

  it('without a usable address, port or root leads nowhere else', () => {
    expect(
      announcedAddresses([
        { ...service, address: null },
        { ...service, address: '10.0.0.7', port: 99_999 },
        { ...service, address: '10.0.0.7', txt: { rs: '../../admin?x=' } },
      ]),
    ).toEqual([{ origin: 'http://10.0.0.7', root: '/eSCL' }]);
  });
});

describe('SEC-25 the certificate of a scanner', () => {
  const origin = 'https://10.0.0.7';

  it('is the one the policy pins, from the first connection on', () => {
    const trusts = createPinBook([{ origin, certificateSha256: 'aa' }]);
    expect([trusts(origin, 'bb'), trusts(origin, 'aa'), trusts(origin, 'bb')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is else the first one seen, until the kiosk starts again', () => {
    const trusts = createPinBook([{ origin, certificateSha256: null }]);
    expect([trusts(origin, 'aa'), trusts(origin, 'aa'), trusts(origin, 'bb')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(createPinBook([])(origin, 'bb')).toBe(true);
  });

  it('is not learned from a flood of servers', () => {
    const trusts = createPinBook([]);
    for (let port = 1; port <= 256; port += 1) trusts(`https://10.0.0.7:${port}`, 'aa');
    expect(trusts('https://10.0.0.7:9999', 'aa')).toBe(false);
  });
});
