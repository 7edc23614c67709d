/** The XML an eSCL scanner speaks (2.6), and what it understands of a client's. */

/** What a job asks for, in the scanner's own units. */
export interface WantedScan {
  readonly isFeeder: boolean;
  readonly isDuplex: boolean;
  readonly isColour: boolean;
  readonly dpi: number;
  /** 1/300 inch. */
  readonly width: number;
  readonly height: number;
}

export interface MachineFacts {
  readonly model: string;
  readonly uuid: string;
  readonly hasFeeder: boolean;
}

const NAMESPACES =
  'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"';

/** A4 and a little, 1/300 inch. */
const MAX_WIDTH = 2550;
const MAX_HEIGHT = 3508;

const RESOLUTIONS = [75, 100, 200, 300, 600];

const inputCaps = (name: string): string => `<scan:${name}>
<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>${MAX_WIDTH}</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>${MAX_HEIGHT}</scan:MaxHeight>
<scan:MaxScanRegions>1</scan:MaxScanRegions>
<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>${RESOLUTIONS.map(
  (dpi) =>
    `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`,
).join('')}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>
<scan:SupportedIntents><scan:Intent>Document</scan:Intent><scan:Intent>Photo</scan:Intent></scan:SupportedIntents>
</scan:${name}>`;

export const capabilitiesDocument = ({ model, uuid, hasFeeder }: MachineFacts): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities ${NAMESPACES}>
<pwg:Version>2.6</pwg:Version>
<pwg:MakeAndModel>${model}</pwg:MakeAndModel>
<pwg:SerialNumber>SIM-0001</pwg:SerialNumber>
<scan:UUID>${uuid}</scan:UUID>
<scan:Platen>${inputCaps('PlatenInputCaps')}</scan:Platen>
${
  hasFeeder
    ? `<scan:Adf>${inputCaps('AdfSimplexInputCaps')}${inputCaps('AdfDuplexInputCaps')}
<scan:FeederCapacity>50</scan:FeederCapacity>
<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions>
</scan:Adf>`
    : ''
}
</scan:ScannerCapabilities>
`;

export const statusDocument = (state: string, adfState: string | null): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerStatus ${NAMESPACES}>
<pwg:Version>2.6</pwg:Version>
<pwg:State>${state}</pwg:State>
${adfState === null ? '' : `<scan:AdfState>${adfState}</scan:AdfState>`}
</scan:ScannerStatus>
`;

/** Text of an element, whatever its prefix. */
const textOf = (xml: string, name: string): string | null =>
  new RegExp(`<(?:\\w+:)?${name}>\\s*([^<]*?)\\s*</`).exec(xml)?.[1] ?? null;

/** What a `ScanSettings` document asks for; null for one this scanner can't follow. */
export const readScanSettings = (xml: string): WantedScan | null => {
  const width = Number(textOf(xml, 'Width') ?? MAX_WIDTH);
  const height = Number(textOf(xml, 'Height') ?? MAX_HEIGHT);
  const dpi = Number(textOf(xml, 'XResolution') ?? 300);
  const mode = textOf(xml, 'ColorMode') ?? 'RGB24';
  const fits = width >= 16 && width <= MAX_WIDTH && height >= 16 && height <= MAX_HEIGHT;
  if (!fits || !RESOLUTIONS.includes(dpi) || !['RGB24', 'Grayscale8'].includes(mode)) return null;
  return {
    isFeeder: textOf(xml, 'InputSource') === 'Feeder',
    isDuplex: textOf(xml, 'Duplex') === 'true',
    isColour: mode === 'RGB24',
    dpi,
    width,
    height,
  };
};
