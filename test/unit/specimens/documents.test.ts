/** Drawn documents: sizes, marks, ground truth, and that machines read what they say. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { DOCUMENT_NAMES, drawDocument } from '../../specimens/documents/catalogue.ts';
import { personOf } from '../../specimens/documents/person.ts';
import type { Specimen } from '../../specimens/documents/specimen.ts';
import { aamvaText } from '../../specimens/aamva.ts';
import { mrzText } from '../../specimens/mrz-names.ts';
import { outlineText } from '../../specimens/typeface.ts';

const DPI = 72;

async function draw(name: (typeof DOCUMENT_NAMES)[number], seed: number, dpi = DPI) {
  const request = { person: personOf(seed, 'LT'), issuedOn: '2025-02-28', dpi };
  return await drawDocument(name, request);
}

describe.each(DOCUMENT_NAMES)('%s', (name) => {
  let specimen: Specimen;
  beforeAll(async () => {
    specimen = await draw(name, 3);
  });

  it('has its format’s size in pixels and cut corners', () => {
    const { widthPx, heightPx, data } = specimen.picture;
    expect(widthPx).toBe(Math.round((specimen.widthMm * DPI) / 25.4));
    expect(heightPx).toBe(Math.round((specimen.heightMm * DPI) / 25.4));
    expect(data[3]).toBe(specimen.format === 'A4' ? 255 : 0);
    expect(data[(Math.floor(heightPx / 2) * widthPx + 4) * 4 + 3]).toBe(255);
  });

  it('says SPECIMEN, inside its edges', () => {
    const marks = specimen.texts.filter(({ text }) => text === 'SPECIMEN');
    expect(marks.length).toBeGreaterThan(0);
    for (const mark of marks) {
      expect(mark.xMm).toBeGreaterThan(0);
      expect(mark.xMm + mark.widthMm).toBeLessThan(specimen.widthMm);
      expect(mark.yMm).toBeGreaterThan(0);
      expect(mark.yMm + mark.heightMm).toBeLessThan(specimen.heightMm);
    }
  });

  it('prints the machine-readable lines it claims, inside its edges', () => {
    const printed = specimen.texts.filter(({ text }) => specimen.mrzLines.includes(text));
    expect(printed.map(({ text }) => text)).toEqual(specimen.mrzLines);
    for (const line of printed) {
      expect(line.xMm).toBeGreaterThan(3);
      expect(line.xMm + line.widthMm).toBeLessThan(specimen.widthMm - 3);
      expect(line.yMm + line.heightMm).toBeLessThan(specimen.heightMm - 2);
    }
  });

  it('is the same to the last pixel for the same seed', async () => {
    const again = await draw(name, 3);
    expect(Buffer.compare(again.picture.data, specimen.picture.data)).toBe(0);
  });
});

describe('people', () => {
  it('can be written in letters and in MRZs, whoever they are', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const person = personOf(seed, 'UTO');
      expect(person.birthDate).toMatch(/^(19[5-9]\d|200[01])-(0[1-9]|1[0-2])-([01]\d|2[0-8])$/);
      expect(mrzText(person.surname + person.givenNames)).toMatch(/^[A-Z<]+$/);
      const { width } = outlineText(`${person.givenNames} ${person.surname}`, 'sans-medium', 2.9);
      expect(width).toBeLessThan(50);
    }
  });

  it('are others for another seed', async () => {
    const [one, other] = await Promise.all([draw('passport', 3), draw('passport', 4)]);
    expect(Buffer.compare(one.picture.data, other.picture.data)).not.toBe(0);
    expect(one.mrzLines).not.toEqual(other.mrzLines);
  });
});

describe('driving licence barcode', () => {
  beforeAll(() => {
    const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer } });
  });

  it('reads back as the very text it claims', async () => {
    const { picture, barcodeText } = await draw('driving-licence-back', 5, 300);
    const found = await readBarcodes(
      {
        data: new Uint8ClampedArray(picture.data),
        width: picture.widthPx,
        height: picture.heightPx,
        colorSpace: 'srgb',
      },
      { formats: ['PDF417'], textMode: 'Plain' },
    );
    expect(found.map(({ text }) => text)).toEqual([barcodeText]);
  });

  it('points its header at the subfile and gives its length', () => {
    const text = aamvaText({
      surname: 'Žemaitė',
      givenNames: 'Anna Maria',
      birthDate: '1974-08-12',
      issueDate: '2025-02-28',
      expiryDate: '2035-02-28',
      sex: 'F',
      heightCm: 170,
      street: 'Mill Hill 1',
      city: 'Zenith',
      postcode: 'UT-12345',
      licenceNumber: 'SPC1',
      vehicleClass: 'B',
      country: 'UTO',
      discriminator: 'SPEC1',
    });
    expect(text.startsWith('@\n\x1E\rANSI 999999100001DL')).toBe(true);
    const [offset, length] = [text.slice(23, 27), text.slice(27, 31)].map(Number);
    expect(text.slice(offset, (offset ?? 0) + 2)).toBe('DL');
    expect((offset ?? 0) + (length ?? 0)).toBe(text.length);
    expect(text).toContain('\nDCSZEMAITE\n');
    expect(text).toContain('\nDBB08121974\n');
    expect(text).toContain('\nDADMARIA\n');
  });
});
