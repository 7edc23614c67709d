/** Drawn glasses as a scanner's pages, for the tests of finding and cutting. */
import sharp from 'sharp';
import type { Page } from '../../main/capture/page/thumbnail.ts';
import { drawDocument, type DocumentName } from '../specimens/documents/catalogue.ts';
import { personOf } from '../specimens/documents/person.ts';
import type { Specimen } from '../specimens/documents/specimen.ts';
import { drawGlass, type Glass, type GlassRequest } from '../specimens/glass.ts';
import { rasterFromSvg } from '../specimens/raster.ts';

/** Documents are drawn at the resolution they are scanned with. */
export const TEST_DPI = 150;

const drawn = new Map<string, Promise<Specimen>>();

/** A drawn document as it lies on the glass; drawn once in a process. */
export const specimenOf = (name: DocumentName, dpi = TEST_DPI): Promise<Specimen> => {
  const key = `${name} ${dpi}`;
  const specimen =
    drawn.get(key) ??
    drawDocument(name, { person: personOf(3, 'LT'), issuedOn: '2024-03-01', dpi });
  drawn.set(key, specimen);
  return specimen;
};

/** A card of one luma, with print well inside it: on a lid of the same kind nothing else tells its edge. */
export const plainCard = async (luma: number): Promise<Specimen> => {
  const lines = Array.from(
    { length: 7 },
    (_none, line) => `<rect x="330" y="${90 + line * 45}" width="${300 - line * 20}" height="14"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 856 540" width="856" height="540">
    <rect width="856" height="540" rx="32" fill="rgb(${luma},${luma},${luma})"/>
    <g fill="#333"><rect x="60" y="80" width="220" height="280" fill="#876"/>${lines.join('')}</g></svg>`;
  const front = await specimenOf('identity-card-front');
  const { widthPx, heightPx } = front.picture;
  return { ...front, picture: await rasterFromSvg(svg, widthPx, heightPx) };
};

export interface ScannedGlass extends Omit<Glass, 'page'> {
  readonly jpeg: Uint8Array;
  readonly page: Page;
}

/** Scans a drawn glass: through a JPEG, as scanners send it. */
export const scanGlass = async (
  request: Omit<GlassRequest, 'seed' | 'dpi'>,
  dpi = TEST_DPI,
): Promise<ScannedGlass> => {
  const { page, quads } = drawGlass({ seed: 5, dpi, ...request });
  const raw = { width: page.widthPx, height: page.heightPx, channels: page.channels } as const;
  const jpeg = await sharp(page.data, { raw })
    .withMetadata({ density: dpi })
    .jpeg({ quality: 90 })
    .toBuffer();
  const { widthPx, heightPx } = page;
  return { quads, jpeg, page: { bytes: jpeg, widthPx, heightPx, dpi } };
};
