import { describe, expect, it } from 'vitest';
import { detectDocument } from '../../../../../renderer/vision/document/detect.ts';
import {
  DocumentReader,
  type ReadingTools,
} from '../../../../../renderer/vision/worker/document-reader.ts';
import type {
  DocumentReading,
  Side,
} from '../../../../../renderer/vision/worker/document-reading.ts';
import type { DocumentName } from '../../../../specimens/documents/catalogue.ts';
import { loadReadingTools } from '../../../../support/reading-tools.ts';
import { drawFrame } from '../../../../support/scenes.ts';

const tools = await loadReadingTools();

const shown = async (document: DocumentName, rotationDeg = 0) => {
  const { frame } = await drawFrame({
    document,
    size: { widthPx: 1280, heightPx: 720 },
    placement: { rotationDeg },
  });
  const found = detectDocument(frame).document;
  if (found === null) throw new Error('A scene with a document.');
  return { frame, quad: found.quad };
};

const readingOf = async (
  document: DocumentName,
  side: Side | null,
  rotationDeg = 0,
): Promise<DocumentReading | null> => {
  const { frame, quad } = await shown(document, rotationDeg);
  return new DocumentReader(tools, side).read(frame, quad);
};

/** Tools that see another check digit than is printed in the first frames, by default in one and clearly. */
const deceived = (frames = 1, doubt = 0): ReadingTools => {
  let reads = 0;
  return {
    ...tools,
    readMrz: (picture) => {
      const zone = tools.readMrz(picture);
      reads += 1;
      if (zone === null || reads > frames) return zone;
      const seen = zone.seen.map((line) => line.map((likelihood) => likelihood - doubt));
      const printed = Number(zone.lines[1]?.charAt(9));
      for (let digit = 0; digit < 10; digit += 1)
        seen[1]?.fill(digit === (printed + 1) % 10 ? 0 : -12, 9 * 37 + digit, 9 * 37 + digit + 1);
      return { ...zone, seen };
    },
  };
};

describe('DocumentReader', () => {
  const EXPIRY = '2034-03-01';
  it('reads a passport: its kind and last day, and nothing else of its holder', async () => {
    expect(await readingOf('passport', null)).toEqual({
      facts: {
        documentType: 'PASSPORT',
        country: null,
        expiresOn: EXPIRY,
        areCheckDigitsRight: true,
      },
      side: null,
      quarterTurns: 0,
    });
  });

  it('reads further frames where the check digits say that one is not enough', async () => {
    const { frame, quad } = await shown('passport');
    const reader = new DocumentReader(deceived(), null);
    expect(await reader.read(frame, quad)).toBeNull();
    const later = (await reader.read(frame, quad)) ?? (await reader.read(frame, quad));
    expect(later?.facts?.documentType).toBe('PASSPORT');
  });

  it('reads what told nothing again where it lies next, and not where it lay', async () => {
    let reads = 0;
    const blurredOnce: ReadingTools = {
      ...tools,
      readMrz: (picture) => {
        reads += 1;
        return reads === 1 ? null : tools.readMrz(picture);
      },
    };
    const reader = new DocumentReader(blurredOnce, null);
    const coming = await shown('passport', 4);
    expect((await reader.read(coming.frame, coming.quad))?.facts).toBeNull();
    expect((await reader.read(coming.frame, coming.quad))?.facts).toBeNull();
    expect(reads).toBe(1);
    const lying = await shown('passport');
    expect((await reader.read(lying.frame, lying.quad))?.facts?.documentType).toBe('PASSPORT');
  });

  it('begins anew where it lies next: what was seen on the way is not put together with it', async () => {
    const reader = new DocumentReader(deceived(Infinity, 0.08), null);
    const coming = await shown('passport', 4);
    expect(await reader.read(coming.frame, coming.quad)).toBeNull();
    expect(await reader.read(coming.frame, coming.quad)).toBeNull();
    expect((await reader.read(coming.frame, coming.quad))?.facts).toBeNull();
    const lying = await shown('passport');
    expect(await reader.read(lying.frame, lying.quad)).toBeNull();
  });

  it('reads a document once, and again where another one lies, or the same the other way up', async () => {
    let reads = 0;
    const counting: ReadingTools = {
      ...tools,
      readMrz: (picture) => {
        reads += 1;
        return tools.readMrz(picture);
      },
    };
    const reader = new DocumentReader(counting, 'back');
    const upright = await shown('identity-card-back');
    await reader.read(upright.frame, upright.quad);
    await reader.read(upright.frame, upright.quad);
    expect(reads).toBe(1);
    const turned = await shown('identity-card-back', 180);
    expect((await reader.read(turned.frame, turned.quad))?.quarterTurns).toBe(2);
    const other = await shown('residence-permit-back');
    const reading = await reader.read(other.frame, other.quad);
    expect(reading?.facts?.documentType).toBe('RESIDENCE_PERMIT');
  });

  it.each([
    [90, 3],
    [180, 2],
    [270, 1],
  ])('says how a card that lies turned by %d° is put upright', async (rotationDeg, turns) => {
    const back = await readingOf('identity-card-back', 'back', rotationDeg);
    expect(back).toMatchObject({ side: 'back', quarterTurns: turns });
    const front = await readingOf('identity-card-front', 'front', rotationDeg);
    expect(front).toEqual({ facts: null, side: 'front', quarterTurns: turns });
    const licence = await readingOf('driving-licence-back', 'back', rotationDeg);
    expect(licence).toMatchObject({ side: 'back', quarterTurns: turns });
  });

  it('tells the back of a card where its front is asked for, by its zone or its code', async () => {
    expect((await readingOf('residence-permit-back', 'front'))?.side).toBe('back');
    expect(await readingOf('driving-licence-back', 'front')).toMatchObject({
      facts: { documentType: 'DRIVER_LICENSE', expiresOn: EXPIRY },
      side: 'back',
    });
  });

  it('tells the front of a card where its back is asked for, by its portrait', async () => {
    expect((await readingOf('driving-licence-front', 'back'))?.side).toBe('front');
  });
});
