/**
 * Owns barcodes on specimens: text in, SVG squares out (zxing-wasm's writer).
 * Never reads one: tests read them back with the other half of the library.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

const resolvePackageFile = createRequire(import.meta.url).resolve;

let prepared = false;

/** Its default would fetch the WebAssembly from a CDN: hand it the file of the package. */
function prepare(): void {
  if (prepared) return;
  const wasm = readFileSync(resolvePackageFile('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  prepared = true;
}

/** Modules of a barcode without quiet zone, one entry a module. */
export interface BarcodeModules {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, 1 = dark. */
  readonly dark: Uint8Array;
}

/** Encode `text`. PDF417 rows are three modules high. Throws when the text does not fit: a bug of the caller. */
export async function encodeBarcode(
  format: 'PDF417' | 'QRCode',
  text: string,
  options = '',
): Promise<BarcodeModules> {
  prepare();
  const { symbol, error } = await writeBarcode(text, {
    format,
    options,
    scale: 1,
    addQuietZones: false,
  });
  if (error !== '') throw new Error(`Barcode not written: ${error}`);
  return {
    columns: symbol.width,
    rows: symbol.height,
    dark: Uint8Array.from(symbol.data, (value) => (value === 0 ? 1 : 0)),
  };
}

/** SVG path of the dark modules, one rectangle a run, top left corner at `x`, `y`. */
export function barcodePath(
  modules: BarcodeModules,
  x: number,
  y: number,
  moduleWidth: number,
  moduleHeight = moduleWidth,
): string {
  let path = '';
  for (let row = 0; row < modules.rows; row += 1) {
    let start = -1;
    for (let column = 0; column <= modules.columns; column += 1) {
      const isDark = column < modules.columns && modules.dark[row * modules.columns + column] === 1;
      if (isDark && start < 0) start = column;
      if (!isDark && start >= 0) {
        const left = (x + start * moduleWidth).toFixed(3);
        const width = ((column - start) * moduleWidth).toFixed(3);
        path += `M${left} ${(y + row * moduleHeight).toFixed(3)}h${width}v${moduleHeight.toFixed(3)}h-${width}z`;
        start = -1;
      }
    }
  }
  return path;
}
