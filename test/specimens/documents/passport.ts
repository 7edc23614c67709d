/**
 * Owns the passport data page (ICAO Doc 9303-4; ID-3, TD3).
 * Never copies a real state's design.
 */
import { td3 } from '../mrz.ts';
import {
  chipSymbol,
  emblem,
  ghostPortrait,
  markSpecimen,
  portrait,
  securityGround,
  signature,
} from './ornament.ts';
import { addYears, printedDate } from './person.ts';
import { LABEL_INK } from './sheet.ts';
import { finish, newSheet, portraitHref, type DocumentRequest, type Specimen } from './specimen.ts';

const YEARS_VALID = 10;

/** The data page alone, as it lies on the reader. */
export async function drawPassport({ person, issuedOn, dpi }: DocumentRequest): Promise<Specimen> {
  const { issuer } = person;
  const expiryDate = addYears(issuedOn, YEARS_VALID);
  const mrzLines = td3({
    documentCode: 'P',
    issuer: issuer.mrzCode,
    nationality: issuer.mrzCode,
    documentNumber: person.passportNumber,
    surname: person.surname,
    givenNames: person.givenNames,
    birthDate: person.birthDate,
    sex: person.sex,
    expiryDate,
    optionalData: person.personalNumber,
  });
  const sheet = newSheet('ID-3');
  securityGround(sheet, person.seed + 2, issuer.inks);
  sheet.add(
    `<rect y="64.6" width="125" height="23.4" fill="#fff" fill-opacity="0.7"/>`,
    emblem(5, 3.6, 8.4, issuer.inks[0]),
    chipSymbol(111, 4.4, 9),
  );
  sheet.write(issuer.localName, 14.4, 7.6, {
    sizeMm: 4,
    typeface: 'sans-bold',
    trackingMm: 0.3,
    colour: issuer.inks[0],
  });
  sheet.write('PASSPORT · PASSEPORT', 14.4, 11.4, { sizeMm: 2.4, typeface: 'sans-medium' });
  sheet.field('Type', 'P', 62, 5.4, 2.8);
  sheet.field('Code', issuer.mrzCode, 72, 5.4, 2.8);
  sheet.field('Passport no. · N° du passeport', person.passportNumber, 84, 5.4, 2.8);
  const href = await portraitHref(person, 42, dpi);
  sheet.add(portrait(href, 5, 16.4, 33, 42.4), ghostPortrait(href, 100, 40, 16.4));
  const x = 43;
  sheet.field('1. Surname · Nom', person.surname, x, 17, 3.3);
  sheet.field('2. Given names · Prénoms', person.givenNames, x, 23.6, 3.3);
  sheet.field('3. Nationality · Nationalité', issuer.name, x, 30.2, 3);
  sheet.field('4. Date of birth · Date de naissance', printedDate(person.birthDate), x, 36.6, 3);
  sheet.field('5. Personal no. · N° personnel', person.personalNumber, x + 38, 30.2, 3);
  sheet.field('6. Sex · Sexe', person.sex, x, 43, 3);
  sheet.field('7. Place of birth · Lieu de naissance', person.birthPlace, x + 15, 43, 3);
  sheet.field('8. Date of issue · Date de délivrance', printedDate(issuedOn), x, 49.4, 3);
  sheet.field('9. Authority · Autorité', 'REGISTRY OF SPECIMENS', x + 38, 36.6, 2.6);
  sheet.field('10. Date of expiry · Date d’expiration', printedDate(expiryDate), x, 55.8, 3);
  sheet.add(signature(person.seed, x + 29, 60, 24));
  sheet.write('Holder’s signature · Signature', x + 29, 63, { sizeMm: 1.35, colour: LABEL_INK });
  markSpecimen(sheet, 21.5, 63.4, 4.6, 0);
  markSpecimen(sheet, 84, 46, 12, -24);
  sheet.writeMrz(mrzLines, 75.2, 6.35);
  return await finish(sheet, 'ID-3', dpi, { mrzLines });
}
