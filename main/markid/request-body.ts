/**
 * The JSON body of `POST /api/v2/process`, made segment by segment while it is sent, with its exact
 * size known before. A picture is never a string or buffer of its own size (delivery.md, Transport).
 * Must never make a body over the API's limits.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import {
  CAPTURE_STEPS,
  DOCUMENT_TYPES,
  type CaptureStep,
  type DocumentType,
} from '../../preload/contract/vocabulary.ts';
import type { HttpBody } from '../ports/http-transport.ts';

/** One picture that is read while it is sent. */
export interface PictureSource {
  readonly sizeBytes: number;
  /** JPEG bytes in order. Each segment but the last has a multiple of 3, so that no padding falls inside. */
  segments(): AsyncIterable<Uint8Array>;
}

interface ProcessHead {
  /** Verification token: 10–40 printable ASCII characters. */
  readonly authToken: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly documentType: DocumentType;
}

/** What one identity check consists of on the wire. */
export interface ProcessContent extends ProcessHead {
  /** By slot; a slot that is missing is left out of the request. */
  readonly images: Readonly<Partial<Record<CaptureStep, PictureSource>>>;
}

const base64Length = (sizeBytes: number): number => 4 * Math.ceil(sizeBytes / 3);

/** The body as an alternation of ASCII text and pictures. */
const partsOf = <Picture>(
  { authToken, country, documentType }: ProcessHead,
  images: Readonly<Partial<Record<CaptureStep, Picture>>>,
): readonly (string | Picture)[] => {
  const head = JSON.stringify({ authToken, country, documentType });
  const parts: (string | Picture)[] = [`${head.slice(0, -1)},"images":{`];
  let separator = '';
  for (const step of CAPTURE_STEPS) {
    const image = images[step];
    if (image === undefined) continue;
    parts.push(`${separator}"${step}":"`, image, '"');
    separator = ',';
  }
  parts.push('}}');
  return parts;
};

/** Only ASCII has as many bytes as characters; values come through schemas, so this is about bugs. */
const assertAscii = (head: ProcessHead): void => {
  if (
    !/^[\x21-\x7e]+$/.test(head.authToken) ||
    !/^[A-Z]{2}$/.test(head.country) ||
    !DOCUMENT_TYPES.includes(head.documentType)
  )
    throw new TypeError('The content of a request is not what the contract allows.');
};

/** Exact size of a body with pictures of these sizes, or SUBMISSION_TOO_LARGE where a limit of the API would break. */
export const measureProcessBody = (
  head: ProcessHead,
  pictureBytes: Readonly<Partial<Record<CaptureStep, number>>>,
): Result<number, 'SUBMISSION_TOO_LARGE'> => {
  assertAscii(head);
  let sizeBytes = 0;
  for (const part of partsOf(head, pictureBytes)) {
    if (typeof part === 'string') sizeBytes += part.length;
    else if (part > LIMITS.sentPictureBytes) return fail('SUBMISSION_TOO_LARGE');
    else sizeBytes += base64Length(part);
  }
  return sizeBytes > LIMITS.sentRequestBytes ? fail('SUBMISSION_TOO_LARGE') : ok(sizeBytes);
};

async function* encode(parts: readonly (string | PictureSource)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (typeof part === 'string') {
      yield Buffer.from(part, 'latin1');
      continue;
    }
    let left = part.sizeBytes;
    for await (const segment of part.segments()) {
      left -= segment.byteLength;
      if (left < 0 || (left > 0 && segment.byteLength % 3 !== 0))
        throw new RangeError('A picture is not of the size that was proven.');
      const { buffer, byteOffset, byteLength } = segment;
      yield Buffer.from(Buffer.from(buffer, byteOffset, byteLength).toString('base64'), 'latin1');
    }
    if (left !== 0) throw new RangeError('A picture is not of the size that was proven.');
  }
}

/** The body, ready to be sent; SUBMISSION_TOO_LARGE where a limit of the API would break. */
export const processBody = (content: ProcessContent): Result<HttpBody, 'SUBMISSION_TOO_LARGE'> => {
  const pictureBytes: Partial<Record<CaptureStep, number>> = {};
  for (const step of CAPTURE_STEPS) {
    const image = content.images[step];
    if (image !== undefined) pictureBytes[step] = image.sizeBytes;
  }
  const size = measureProcessBody(content, pictureBytes);
  if (!size.ok) return size;
  const parts = partsOf(content, content.images);
  return ok({ sizeBytes: size.value, chunks: () => encode(parts) });
};
