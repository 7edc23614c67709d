/**
 * Owns the text inside a driving licence's PDF417 (AAMVA DL/ID Card Design Standard 2020, annex D).
 * Never uses an assigned issuer number: 999999 belongs to nobody.
 */
import { mrzText } from './mrz-names.ts';

/** What the barcode says. Dates are ISO 8601. */
export interface LicenceFields {
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly issueDate: string;
  readonly expiryDate: string;
  readonly sex: 'F' | 'M' | 'X';
  readonly heightCm: number;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly licenceNumber: string;
  readonly vehicleClass: string;
  /** Three letters; the standard knows USA and CAN. */
  readonly country: string;
  /** Unique for each print of the card. */
  readonly discriminator: string;
}

const ISSUER_NUMBER = '999999';
const STANDARD_VERSION = '10';
const SEX_CODES = { M: '1', F: '2', X: '9' } as const;
/** Header (21) and one subfile designator (10), D.12.3 and D.12.4. */
const HEADER_LENGTH = 31;

/** MMDDCCYY, as all but Canada write it. */
function aamvaDate(isoDate: string): string {
  const [year, month, day] = isoDate.split('-');
  return `${month}${day}${year}`;
}

function plain(text: string): string {
  return mrzText(text).replaceAll('<', ' ');
}

/** The whole barcode text: header, designator, one DL subfile. */
export function aamvaText(fields: LicenceFields): string {
  const [firstName = '', ...middleNames] = plain(fields.givenNames).split(' ');
  const elements = [
    `DAQ${fields.licenceNumber}`,
    `DCS${plain(fields.surname)}`,
    'DDEN',
    `DAC${firstName}`,
    'DDFN',
    `DAD${middleNames.length > 0 ? middleNames.join(',') : 'NONE'}`,
    'DDGN',
    `DCA${fields.vehicleClass}`,
    'DCBNONE',
    'DCDNONE',
    `DBD${aamvaDate(fields.issueDate)}`,
    `DBB${aamvaDate(fields.birthDate)}`,
    `DBA${aamvaDate(fields.expiryDate)}`,
    `DBC${SEX_CODES[fields.sex]}`,
    `DAU${fields.heightCm} cm`,
    'DAYUNK',
    `DAG${plain(fields.street)}`,
    `DAI${plain(fields.city)}`,
    'DAJUO',
    `DAK${fields.postcode.replaceAll(/\D/g, '').padEnd(9, '0')}  `,
    `DCF${fields.discriminator}`,
    `DCG${fields.country}`,
    'DDAN',
    'DCJSPECIMEN',
  ];
  const subfile = `DL${elements.join('\n')}\r`;
  const offset = String(HEADER_LENGTH).padStart(4, '0');
  const length = String(subfile.length).padStart(4, '0');
  return `@\n\x1E\rANSI ${ISSUER_NUMBER}${STANDARD_VERSION}0001DL${offset}${length}${subfile}`;
}
