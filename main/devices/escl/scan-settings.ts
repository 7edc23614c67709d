/** Writes an eSCL `ScanSettings` document. Nothing in it is foreign text. */
import type { ChosenJob } from '../choose.ts';
import type { ScanArea } from '../scanner-driver.ts';

/** eSCL measures in 1/300 inch. */
const units = (millimetres: number): number => Math.max(0, Math.round((millimetres * 300) / 25.4));

/** A4 where a scanner does not tell its size. */
const DEFAULT_MM = { width: 210, height: 297 } as const;

export const scanSettings = ({ source, dpi, colour }: ChosenJob, area: ScanArea | null): string => {
  const { widthMm, heightMm } = source;
  const width = Math.min(area?.widthMm ?? Infinity, widthMm ?? DEFAULT_MM.width);
  const height = Math.min(area?.heightMm ?? Infinity, heightMm ?? DEFAULT_MM.height);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"' +
      ' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">',
    '<pwg:Version>2.0</pwg:Version>',
    '<pwg:ScanRegions><pwg:ScanRegion>',
    '<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>',
    `<pwg:XOffset>${units(area?.leftMm ?? 0)}</pwg:XOffset>`,
    `<pwg:YOffset>${units(area?.topMm ?? 0)}</pwg:YOffset>`,
    `<pwg:Width>${units(width)}</pwg:Width>`,
    `<pwg:Height>${units(height)}</pwg:Height>`,
    '</pwg:ScanRegion></pwg:ScanRegions>',
    `<pwg:InputSource>${source.source === 'platen' ? 'Platen' : 'Feeder'}</pwg:InputSource>`,
    `<scan:ColorMode>${colour === 'colour' ? 'RGB24' : 'Grayscale8'}</scan:ColorMode>`,
    `<scan:XResolution>${dpi}</scan:XResolution>`,
    `<scan:YResolution>${dpi}</scan:YResolution>`,
    `<scan:Duplex>${source.source === 'duplex'}</scan:Duplex>`,
    '<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>',
    '<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>',
    '</scan:ScanSettings>',
    '',
  ].join('\n');
};
