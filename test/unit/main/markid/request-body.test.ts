import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  buildProcessBody,
  measureProcessBody,
  type ProcessContent,
} from '../../../../main/markid/request-body.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import { CAPTURE_STEPS, DOCUMENT_TYPES } from '../../../../preload/contract/vocabulary.ts';

const content = (
  images: ProcessContent['images'],
  authToken = 'token-0123456',
): ProcessContent => ({
  authToken,
  country: 'LT',
  documentType: 'ID_CARD',
  images,
});

const textOf = (wanted: ProcessContent): string => {
  const body = buildProcessBody(wanted);
  if (!body.ok) throw new Error(body.error.code);
  return body.value.toString('utf8');
};

describe('process request body', () => {
  it('is the JSON of the request, with pictures as base64 in the order of the slots', () => {
    expect(
      textOf(
        content({ FACE: Buffer.from('face'), FRONT: Buffer.from('front'), BACK: Buffer.from('b') }),
      ),
    ).toBe(
      '{"authToken":"token-0123456","country":"LT","documentType":"ID_CARD",' +
        '"images":{"FRONT":"ZnJvbnQ=","BACK":"Yg==","FACE":"ZmFjZQ=="}}',
    );
  });

  it('parses to what went in, for any tokens, pictures and slots', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('!', '"', '\\', '/', '{', '}', 'a', 'Z', '9', '~'),
          minLength: 10,
          maxLength: 40,
        }),
        fc.constantFrom(...DOCUMENT_TYPES),
        fc.subarray([...CAPTURE_STEPS]),
        // Sizes around the slices the body is written in, where a carry could get lost.
        fc.array(
          fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 49_140, max: 49_160 })),
          { minLength: 4, maxLength: 4 },
        ),
        (authToken, documentType, steps, sizes) => {
          const images = Object.fromEntries(
            steps.map((step, at) => [
              step,
              Uint8Array.from({ length: sizes[at] ?? 0 }, (_, i) => (i * 31 + at) & 0xff),
            ]),
          );
          const parsed: unknown = JSON.parse(
            textOf({ authToken, country: 'GB', documentType, images }),
          );
          expect(parsed).toEqual({
            authToken,
            country: 'GB',
            documentType,
            images: Object.fromEntries(
              Object.entries(images).map(([step, bytes]) => [
                step,
                Buffer.from(bytes).toString('base64'),
              ]),
            ),
          });
        },
      ),
      { numRuns: 60, seed: 25 },
    );
  });

  it('takes the bytes of a view and not of the memory around it', () => {
    const memory = Buffer.from('beforeINSIDEafter');
    expect(textOf(content({ FRONT: memory.subarray(6, 12) }))).toContain('"FRONT":"SU5TSURF"');
  });

  it('carries no key but those of the API, whatever else its input holds', () => {
    const crowded = { ...content({}), token: { scanRef: 'secret' }, apiKey: 'secret' };
    expect(textOf(crowded)).not.toContain('secret');
  });

  it('measures exactly the size it builds', () => {
    const wanted = content({ FRONT: new Uint8Array(100_001), FACE: new Uint8Array(2) });
    const built = buildProcessBody(wanted);
    expect(measureProcessBody(wanted)).toEqual({
      ok: true,
      value: built.ok ? built.value.byteLength : -1,
    });
  });

  it('accepts four pictures of the largest size and stays within 20 MB', () => {
    const largest = new Uint8Array(LIMITS.sentPictureBytes);
    const size = measureProcessBody(
      content({ FRONT: largest, BACK: largest, FACE: largest, UTILITY_BILL: largest }),
    );
    expect(size.ok && size.value).toBeLessThan(LIMITS.sentRequestBytes);
  });

  it.each(CAPTURE_STEPS)('refuses a %s that is one byte over the limit of a picture', (step) => {
    const tooLarge = content({ [step]: new Uint8Array(LIMITS.sentPictureBytes + 1) });
    const refusal = { ok: false, error: { code: 'SUBMISSION_TOO_LARGE' } };
    expect(measureProcessBody(tooLarge)).toEqual(refusal);
    expect(buildProcessBody(tooLarge)).toEqual(refusal);
  });

  it.each([
    { ...content({}), authToken: 'tokenĄ0123456' },
    { ...content({}), authToken: 'token 0123456' },
    { ...content({}), country: 'lt' },
    { ...content({}), country: 'Ł1' },
  ])('throws on content no schema let through, without repeating it', (bad) => {
    expect(() => buildProcessBody(bad)).toThrow(
      'The content of a request is not what the contract allows.',
    );
  });
});
