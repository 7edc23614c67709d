/**
 * Owns the driving licence, front and back with PDF417 (ID-1; layout after ISO/IEC 18013-1, data after AAMVA).
 * Never copies a real state's design.
 */
import { aamvaText } from '../aamva.ts';
import { barcodePath, encodeBarcode } from '../barcode.ts';
import {
  emblem,
  ghostPortrait,
  markSpecimen,
  portrait,
  rosette,
  securityGround,
  signature,
} from './ornament.ts';
import { addYears, printedDate } from './person.ts';
import { LABEL_INK, type Sheet } from './sheet.ts';
import { finish, newSheet, portraitHref, type DocumentRequest, type Specimen } from './specimen.ts';

const YEARS_VALID = 10;
/** Within AAMVA's 0.170–0.380 mm (D.4.2): 290 modules fill the card. */
const MODULE_MM = 0.25;
const DATA_COLUMNS = 13;
/** Least error correction level that AAMVA allows (D.3.4). */
const ERROR_CORRECTION = 3;

function numbered(sheet: Sheet, number: string, value: string, xMm: number, yMm: number): void {
  sheet.write(number, xMm, yMm, { sizeMm: 1.7, colour: LABEL_INK });
  sheet.write(value, xMm + 4.2, yMm, { sizeMm: 2.6, typeface: 'sans-medium' });
}

/** Front side, fields numbered as on all licences of ISO/IEC 18013-1. */
export async function drawLicenceFront({
  person,
  issuedOn,
  dpi,
}: DocumentRequest): Promise<Specimen> {
  const { issuer } = person;
  const sheet = newSheet('ID-1');
  securityGround(sheet, person.seed + 3, ['#c06a86', issuer.inks[0]]);
  sheet.add(
    `<rect x="3.6" y="3" width="12.4" height="8.4" rx="0.8" fill="${issuer.inks[0]}"/>`,
    rosette(9.8, 7.2, 3.4, '#ffffff', 9, 0.7),
  );
  sheet.write(issuer.sign, 9.8, 8.6, {
    sizeMm: 3.8,
    typeface: 'sans-bold',
    colour: '#ffffff',
    anchor: 'middle',
  });
  sheet.write('DRIVING LICENCE', 19, 6.4, {
    sizeMm: 3.2,
    typeface: 'sans-bold',
    colour: issuer.inks[0],
  });
  sheet.write(`${issuer.localName} · PERMIS DE CONDUIRE`, 19, 9.8, {
    sizeMm: 1.9,
    colour: LABEL_INK,
  });
  const href = await portraitHref(person, 30, dpi);
  sheet.add(portrait(href, 3.6, 14, 22.6, 29), ghostPortrait(href, 68, 29, 12));
  const expiry = addYears(issuedOn, YEARS_VALID);
  numbered(sheet, '1.', person.surname, 30, 17);
  numbered(sheet, '2.', person.givenNames, 30, 21.4);
  numbered(sheet, '3.', `${printedDate(person.birthDate)}   ${person.birthPlace}`, 30, 25.8);
  numbered(sheet, '4a.', printedDate(issuedOn), 30, 30.2);
  numbered(sheet, '4b.', printedDate(expiry), 51, 30.2);
  numbered(sheet, '4c.', 'REGISTRY', 30, 34.6);
  numbered(sheet, '5.', person.licenceNumber, 30, 39);
  numbered(sheet, '8.', `${person.street}, ${person.city}`, 30, 43.4);
  numbered(sheet, '9.', 'AM · B1 · B', 30, 50.6);
  sheet.add(signature(person.seed, 4, 49.6, 20), emblem(77, 3, 6.4, issuer.inks[1]));
  sheet.write('7.', 3.6, 51.6, { sizeMm: 1.5, colour: LABEL_INK });
  markSpecimen(sheet, 59, 41, 7, -22);
  markSpecimen(sheet, 14.9, 42, 3.6, 0);
  return await finish(sheet, 'ID-1', dpi);
}

const CATEGORIES = ['AM', 'A1', 'B1', 'B', 'BE'] as const;
const HELD: ReadonlySet<string> = new Set(['AM', 'B1', 'B']);

function categoryTable(sheet: Sheet, issuedOn: string, expiry: string): void {
  const top = 29.4;
  for (const [row, category] of CATEGORIES.entries()) {
    const y = top + row * 3.3;
    sheet.add(`<path d="M5 ${y + 1}H59" stroke="#4d5a66" stroke-width="0.08"/>`);
    sheet.write(category, 6, y, { sizeMm: 2, typeface: 'sans-bold' });
    const isHeld = HELD.has(category);
    sheet.write(isHeld ? printedDate(issuedOn) : '—', 18, y, { sizeMm: 1.9 });
    sheet.write(isHeld ? printedDate(expiry) : '—', 39, y, { sizeMm: 1.9 });
  }
  sheet.write('9.', 6, top - 3.1, { sizeMm: 1.4, colour: LABEL_INK });
  sheet.write('10. Valid from', 18, top - 3.1, { sizeMm: 1.4, colour: LABEL_INK });
  sheet.write('11. Valid until', 39, top - 3.1, { sizeMm: 1.4, colour: LABEL_INK });
}

/** Back side: PDF417 on white, categories below. */
export async function drawLicenceBack({
  person,
  issuedOn,
  dpi,
}: DocumentRequest): Promise<Specimen> {
  const expiry = addYears(issuedOn, YEARS_VALID);
  const barcodeText = aamvaText({
    surname: person.surname,
    givenNames: person.givenNames,
    birthDate: person.birthDate,
    issueDate: issuedOn,
    expiryDate: expiry,
    sex: person.sex,
    heightCm: person.heightCm,
    street: person.street,
    city: person.city,
    postcode: person.postcode,
    licenceNumber: person.licenceNumber,
    vehicleClass: 'B',
    country: person.issuer.mrzCode,
    discriminator: `SPEC${person.personalNumber}`,
  });
  const modules = await encodeBarcode(
    'PDF417',
    barcodeText,
    `columns=${DATA_COLUMNS},ecLevel=${ERROR_CORRECTION}`,
  );
  const sheet = newSheet('ID-1');
  securityGround(sheet, person.seed + 4, ['#c06a86', person.issuer.inks[0]]);
  const widthMm = modules.columns * MODULE_MM;
  const heightMm = modules.rows * MODULE_MM;
  const left = (sheet.widthMm - widthMm) / 2;
  const quietMm = 2;
  sheet.add(
    `<rect x="${left - quietMm}" y="${4 - quietMm}" width="${widthMm + 2 * quietMm}" height="${heightMm + 2 * quietMm}" fill="#fff"/>`,
    `<path d="${barcodePath(modules, left, 4, MODULE_MM)}" fill="#101010"/>`,
  );
  categoryTable(sheet, issuedOn, expiry);
  sheet.write('12. —', 6, 47.6, { sizeMm: 1.6, colour: LABEL_INK });
  sheet.write(`Audit ${person.seed}-${person.licenceNumber}`, 6, 51, {
    sizeMm: 1.5,
    colour: LABEL_INK,
  });
  sheet.add(emblem(66, 27, 12, person.issuer.inks[0]));
  markSpecimen(sheet, 56, 49.4, 6.4, 0);
  return await finish(sheet, 'ID-1', dpi, { barcodeText });
}
