/** The demo's command line, checked before anything starts. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { documentType, countryCode, type DocumentType } from '../../preload/contract/vocabulary.ts';

export const USAGE = `Usage: npm run -s demo -- [options]
  --document TYPE       ID_CARD (default), PASSPORT, RESIDENCE_PERMIT, DRIVER_LICENSE, OTHER
  --country CC          ISO 3166-1 alpha-2, default LT
  --camera FILE.mjpeg   show this clip to the camera instead of a drawn one
  --endpoint URL        deliver to this https origin instead of the embedded simulator
  --ca PEM              certificate authority of that endpoint
  --credentials FILE    JSON {"apiKey", "apiSecret", "authToken"?} for that endpoint
  --headed              show the window
  --json                accepted for symmetry: the last line of stdout is always JSON
`;

const credentialsFile = z.strictObject({
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  authToken: z.string().min(1).optional(),
});

export interface DemoChoices {
  readonly kind: 'run';
  readonly documentType: DocumentType;
  readonly country: string;
  readonly camera: string | null;
  readonly endpoint: string | null;
  readonly ca: string | null;
  readonly credentials: z.infer<typeof credentialsFile> | null;
  readonly isHeaded: boolean;
}

type Parsed =
  DemoChoices | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly reason: string };

const wrong = (reason: string): Parsed => ({ kind: 'wrong', reason });

const readCredentials = async (
  path: string,
  read: (path: string) => Promise<string>,
): Promise<z.infer<typeof credentialsFile> | null> => {
  try {
    return credentialsFile.parse(JSON.parse(await read(path)));
  } catch {
    return null;
  }
};

/** Reads and checks the command line. `read` reads a text file. */
export const parseDemoArguments = async (
  argv: readonly string[],
  read: (path: string) => Promise<string>,
): Promise<Parsed> => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        document: { type: 'string', default: 'ID_CARD' },
        country: { type: 'string', default: 'LT' },
        camera: { type: 'string' },
        endpoint: { type: 'string' },
        ca: { type: 'string' },
        credentials: { type: 'string' },
        headed: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'unknown argument');
  }
  if (values.help) return { kind: 'help' };
  const document = documentType.safeParse(values.document);
  if (!document.success) return wrong('--document is none of the document types');
  if (!countryCode.safeParse(values.country).success)
    return wrong('--country is two capital letters');
  if (values.endpoint !== undefined && URL.parse(values.endpoint)?.protocol !== 'https:')
    return wrong('--endpoint is an https URL');
  if ((values.endpoint === undefined) !== (values.credentials === undefined))
    return wrong('--endpoint and --credentials go together');
  const credentials =
    values.credentials === undefined ? null : await readCredentials(values.credentials, read);
  if (values.credentials !== undefined && credentials === null)
    return wrong('--credentials names no readable {"apiKey", "apiSecret", "authToken"?}');
  return {
    kind: 'run',
    documentType: document.data,
    country: values.country,
    camera: values.camera ?? null,
    endpoint: values.endpoint === undefined ? null : new URL(values.endpoint).origin,
    ca: values.ca ?? null,
    credentials,
    isHeaded: values.headed,
  };
};
