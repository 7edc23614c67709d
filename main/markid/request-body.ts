/**
 * The JSON body of `POST /api/v2/process`, built in one pass into one buffer of exact size. A
 * picture is never a string of its own size, so the peak is the body itself (delivery.md,
 * Transport: half the memory of JSON.stringify). Must never make a body over the API's limits.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import {
  CAPTURE_STEPS,
  DOCUMENT_TYPES,
  type CaptureStep,
  type DocumentType,
} from '../../preload/contract/vocabulary.ts';

/** What one identity check consists of on the wire. */
export interface ProcessContent {
  /** Verification token: 10–40 printable ASCII characters. */
  readonly authToken: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly documentType: DocumentType;
  /** JPEG bytes by slot; a slot that is missing is left out of the request. */
  readonly images: Readonly<Partial<Record<CaptureStep, Uint8Array>>>;
}

/** Bytes turned into base64 at a time: a multiple of 3, so that no padding falls inside. */
const SLICE_BYTES = 48 * 1024;

const base64Length = (sizeBytes: number): number => 4 * Math.ceil(sizeBytes / 3);

/** The body as an alternation of ASCII text and pictures. */
const partsOf = (content: ProcessContent): readonly (string | Uint8Array)[] => {
  const { authToken, country, documentType } = content;
  const head = JSON.stringify({ authToken, country, documentType });
  const parts: (string | Uint8Array)[] = [`${head.slice(0, -1)},"images":{`];
  let separator = '';
  for (const step of CAPTURE_STEPS) {
    const image = content.images[step];
    if (image === undefined) continue;
    parts.push(`${separator}"${step}":"`, image, '"');
    separator = ',';
  }
  parts.push('}}');
  return parts;
};

/** Only ASCII has as many bytes as characters; values come through schemas, so this is about bugs. */
const assertAscii = (content: ProcessContent): void => {
  if (
    !/^[\x21-\x7e]+$/.test(content.authToken) ||
    !/^[A-Z]{2}$/.test(content.country) ||
    !DOCUMENT_TYPES.includes(content.documentType)
  )
    throw new TypeError('The content of a request is not what the contract allows.');
};

/** Exact size of the body in bytes, or SUBMISSION_TOO_LARGE where a limit of the API would break. */
export const measureProcessBody = (
  content: ProcessContent,
): Result<number, 'SUBMISSION_TOO_LARGE'> => {
  assertAscii(content);
  let sizeBytes = 0;
  for (const part of partsOf(content)) {
    if (typeof part === 'string') sizeBytes += part.length;
    else if (part.byteLength > LIMITS.sentPictureBytes) return fail('SUBMISSION_TOO_LARGE');
    else sizeBytes += base64Length(part.byteLength);
  }
  return sizeBytes > LIMITS.sentRequestBytes ? fail('SUBMISSION_TOO_LARGE') : ok(sizeBytes);
};

const writeBase64 = (target: Buffer, at: number, picture: Uint8Array): number => {
  const source = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  let offset = at;
  for (let start = 0; start < source.byteLength; start += SLICE_BYTES)
    offset += target.write(source.toString('base64', start, start + SLICE_BYTES), offset, 'latin1');
  return offset;
};

/** The body, ready to be sent, or SUBMISSION_TOO_LARGE. */
export const buildProcessBody = (
  content: ProcessContent,
): Result<Buffer, 'SUBMISSION_TOO_LARGE'> => {
  const size = measureProcessBody(content);
  if (!size.ok) return size;
  const body = Buffer.allocUnsafe(size.value);
  let offset = 0;
  for (const part of partsOf(content))
    offset =
      typeof part === 'string'
        ? offset + body.write(part, offset, 'latin1')
        : writeBase64(body, offset, part);
  // allocUnsafe shows old memory where nothing was written: a gap would send it.
  if (offset !== size.value) throw new Error('A request body is not of the size that was proven.');
  return ok(body);
};
