import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  measureProcessBody,
  processBody,
  type PictureSource,
  type ProcessContent,
} from '../../../../main/markid/request-body.ts';
import { LIMITS } from '../../../../preload/contract/limits.ts';
import {
  CAPTURE_STEPS,
  DOCUMENT_TYPES,
  type CaptureStep,
} from '../../../../preload/contract/vocabulary.ts';
import { bytesOf } from './scripted-transport.ts';

/** A picture that comes in segments of this many bytes. */
const sourceOf = (bytes: Uint8Array, segmentBytes = 3 * 1024): PictureSource => ({
  sizeBytes: bytes.byteLength,
  async *segments() {
    for (let at = 0; at < bytes.byteLength; at += segmentBytes)
      yield bytes.subarray(at, at + segmentBytes);
  },
});

const HEAD = { authToken: 'token-0123456', country: 'LT', documentType: 'ID_CARD' } as const;
type Bytes = Readonly<Partial<Record<CaptureStep, Uint8Array>>>;

const content = (images: Bytes, authToken: string = HEAD.authToken): ProcessContent => ({
  ...HEAD,
  authToken,
  images: Object.fromEntries(
    Object.entries(images).map(([step, bytes]) => [step, sourceOf(bytes)]),
  ),
});

const textOf = async (wanted: ProcessContent): Promise<string> => {
  const body = processBody(wanted);
  if (!body.ok) throw new Error(body.error.code);
  return (await bytesOf(body.value)).toString('utf8');
};

describe('process request body', () => {
  it('is the JSON of the request, with pictures as base64 in the order of the slots', async () => {
    expect(
      await textOf(
        content({ FACE: Buffer.from('face'), FRONT: Buffer.from('front'), BACK: Buffer.from('b') }),
      ),
    ).toBe(
      '{"authToken":"token-0123456","country":"LT","documentType":"ID_CARD",' +
        '"images":{"FRONT":"ZnJvbnQ=","BACK":"Yg==","FACE":"ZmFjZQ=="}}',
    );
  });

  it('parses to what went in, for any tokens, pictures, slots and segments', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom('!', '"', '\\', '/', '{', '}', 'a', 'Z', '9', '~'),
          minLength: 10,
          maxLength: 40,
        }),
        fc.constantFrom(...DOCUMENT_TYPES),
        fc.subarray([...CAPTURE_STEPS]),
        // Sizes around the ends of segments, where a carry could get lost.
        fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 3060, max: 3084 })), {
          minLength: 4,
          maxLength: 4,
        }),
        fc.constantFrom(3, 30, 1023, 3072, 60_000),
        async (authToken, documentType, steps, sizes, segmentBytes) => {
          const images = Object.fromEntries(
            steps.map((step, at) => [
              step,
              Uint8Array.from({ length: sizes[at] ?? 0 }, (_, i) => (i * 31 + at) & 0xff),
            ]),
          );
          const sources = Object.fromEntries(
            Object.entries(images).map(([step, bytes]) => [step, sourceOf(bytes, segmentBytes)]),
          );
          const parsed: unknown = JSON.parse(
            await textOf({ authToken, country: 'GB', documentType, images: sources }),
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

  it('takes the bytes of a view and not of the memory around it', async () => {
    const memory = Buffer.from('beforeINSIDEafter');
    expect(await textOf(content({ FRONT: memory.subarray(6, 12) }))).toContain(
      '"FRONT":"SU5TSURF"',
    );
  });

  it('carries no key but those of the API, whatever else its input holds', async () => {
    const crowded = { ...content({}), token: { scanRef: 'secret' }, apiKey: 'secret' };
    expect(await textOf(crowded)).not.toContain('secret');
  });

  it('measures exactly the size it makes, without the pictures', async () => {
    const wanted = { FRONT: new Uint8Array(100_001), FACE: new Uint8Array(2) };
    const text = await textOf(content(wanted));
    expect(measureProcessBody(HEAD, { FRONT: 100_001, FACE: 2 })).toEqual({
      ok: true,
      value: text.length,
    });
  });

  it('can be read again from the start, for a token that was not sent', async () => {
    const body = processBody(content({ FRONT: Buffer.from('front') }));
    if (!body.ok) throw new Error(body.error.code);
    expect((await bytesOf(body.value)).equals(await bytesOf(body.value))).toBe(true);
  });

  it.each([
    ['fewer bytes than it said', { sizeBytes: 7, cuts: [3, 3] }],
    ['more bytes than it said', { sizeBytes: 5, cuts: [3, 3] }],
    ['a segment that leaves a carry', { sizeBytes: 6, cuts: [2, 4] }],
  ])(
    'throws on a picture with %s before it could be sent whole',
    async (_kind, { sizeBytes, cuts }) => {
      const FRONT: PictureSource = {
        sizeBytes,
        async *segments() {
          for (const length of cuts) yield new Uint8Array(length);
        },
      };
      await expect(textOf({ ...HEAD, images: { FRONT } })).rejects.toThrow(
        'A picture is not of the size that was proven.',
      );
    },
  );

  it('accepts four pictures of the largest size and stays within 20 MB', () => {
    const largest = LIMITS.sentPictureBytes;
    const size = measureProcessBody(HEAD, {
      FRONT: largest,
      BACK: largest,
      FACE: largest,
      UTILITY_BILL: largest,
    });
    expect(size.ok && size.value).toBeLessThan(LIMITS.sentRequestBytes);
  });

  it.each(CAPTURE_STEPS)('refuses a %s that is one byte over the limit of a picture', (step) => {
    const tooLarge = new Uint8Array(LIMITS.sentPictureBytes + 1);
    const refusal = { ok: false, error: { code: 'SUBMISSION_TOO_LARGE' } };
    expect(measureProcessBody(HEAD, { [step]: tooLarge.byteLength })).toEqual(refusal);
    expect(processBody(content({ [step]: tooLarge }))).toEqual(refusal);
  });

  it.each([
    { ...content({}), authToken: 'tokenĄ0123456' },
    { ...content({}), authToken: 'token 0123456' },
    { ...content({}), country: 'lt' },
    { ...content({}), country: 'Ł1' },
  ])('throws on content no schema let through, without repeating it', (bad) => {
    expect(() => processBody(bad)).toThrow(
      'The content of a request is not what the contract allows.',
    );
  });
});
