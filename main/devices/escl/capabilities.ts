/** What a driverless scanner says of itself and of its paper: eSCL 2.x, `ScannerCapabilities` and `ScannerStatus`. */
import type { ScannerErrorCode } from '../../../preload/contract/error-codes.ts';
import type { ScanColour, ScanSource } from '../../../preload/contract/scanner-words.ts';
import { dpiOfRange, listedDpi } from '../choose.ts';
import type { ScannerIdentity } from '../scanner-id.ts';
import type { ScannerCapabilities, SourceCapabilities } from '../scanner-driver.ts';
import { children, numberAt, parseXml, textAt, type XmlElement } from './xml.ts';

export interface EsclScanner {
  readonly identity: ScannerIdentity;
  readonly capabilities: ScannerCapabilities;
}

/** eSCL measures in 1/300 inch. */
const UNITS_PER_MM = 300 / 25.4;

const SOURCES: readonly [source: ScanSource, path: readonly string[]][] = [
  ['platen', ['Platen', 'PlatenInputCaps']],
  ['feeder', ['Adf', 'AdfSimplexInputCaps']],
  ['duplex', ['Adf', 'AdfDuplexInputCaps']],
];

const COLOURS: readonly [word: string, colour: ScanColour][] = [
  ['RGB24', 'colour'],
  ['Grayscale8', 'grey'],
];

const isText = (value: XmlElement): value is string => typeof value === 'string';

const millimetres = (units: number | null): number | null =>
  units === null || units === 0 ? null : units / UNITS_PER_MM;

const profilesOf = (input: XmlElement): XmlElement[] =>
  children(input, 'SettingProfiles', 'SettingProfile');

const resolutionsOf = (profile: XmlElement): number[] => {
  const discrete = children(
    profile,
    'SupportedResolutions',
    'DiscreteResolutions',
    'DiscreteResolution',
  ).map((resolution) => numberAt(resolution, 'XResolution') ?? 0);
  const ranges = children(
    profile,
    'SupportedResolutions',
    'ResolutionRange',
    'XResolutionRange',
  ).flatMap((range) =>
    dpiOfRange(
      numberAt(range, 'Min') ?? 0,
      numberAt(range, 'Max') ?? 0,
      numberAt(range, 'Step') ?? 1,
    ),
  );
  return listedDpi([...discrete, ...ranges]);
};

/** Understands a `ScannerCapabilities` document; null for one that is none, or names nothing to scan from. */
export const parseCapabilities = (bytes: Uint8Array): EsclScanner | null => {
  const root = parseXml(bytes, 'ScannerCapabilities');
  const inputs = SOURCES.flatMap(([source, path]) => {
    const [input] = children(root, ...path);
    return input === undefined ? [] : [{ source, input }];
  });
  const sources = inputs.map(({ source, input }): SourceCapabilities => ({
    source,
    widthMm: millimetres(numberAt(input, 'MaxWidth')),
    heightMm: millimetres(numberAt(input, 'MaxHeight')),
  }));
  const profiles = inputs.flatMap(({ input }) => profilesOf(input));
  const resolutionsDpi = listedDpi(profiles.flatMap(resolutionsOf));
  const words = profiles.flatMap((profile) => children(profile, 'ColorModes', 'ColorMode'));
  const colours = COLOURS.filter(([word]) => words.filter(isText).includes(word)).map(
    ([, colour]) => colour,
  );
  if (sources.length === 0 || resolutionsDpi.length === 0 || colours.length === 0) return null;
  return {
    identity: {
      vendor: textAt(root, 'Manufacturer') ?? '',
      model: textAt(root, 'MakeAndModel') ?? '',
      serial: textAt(root, 'UUID') ?? textAt(root, 'SerialNumber'),
    },
    capabilities: { sources, resolutionsDpi, colours },
  };
};

/** States of the feeder that stop a job. Source: scanners.md, and the values SANE's own clients know. */
const BY_FEEDER_STATE: ReadonlyMap<string, ScannerErrorCode> = new Map([
  ['ScannerAdfEmpty', 'SCANNER_FEEDER_EMPTY'],
  ['ScannerAdfJam', 'SCANNER_JAMMED'],
  ['ScannerAdfMispick', 'SCANNER_JAMMED'],
  ['ScannerAdfMultipickDetected', 'SCANNER_JAMMED'],
  ['ScannerAdfDoorOpen', 'SCANNER_COVER_OPEN'],
  ['ScannerAdfHatchOpen', 'SCANNER_COVER_OPEN'],
]);

export interface EsclStatus {
  readonly isBusy: boolean;
  /** What is wrong with the feeder; null where it is ready or there is none. */
  readonly feederFault: ScannerErrorCode | null;
}

/** Understands a `ScannerStatus` document; null for one that is none. */
export const parseStatus = (bytes: Uint8Array): EsclStatus | null => {
  const root = parseXml(bytes, 'ScannerStatus');
  const state = textAt(root, 'State');
  if (state === null) return null;
  return {
    isBusy: state === 'Processing' || state === 'Testing',
    feederFault: BY_FEEDER_STATE.get(textAt(root, 'AdfState') ?? '') ?? null,
  };
};
