/**
 * Owns the two TD1 cards: identity card and residence permit, front and back (ICAO Doc 9303-5; ID-1).
 * Never copies a real state's design.
 */
import { td1 } from '../mrz.ts';
import {
  chipSymbol,
  contactChip,
  emblem,
  ghostPortrait,
  markSpecimen,
  portrait,
  securityGround,
  signature,
} from './ornament.ts';
import { addYears, printedDate, type Issuer } from './person.ts';
import { INK, LABEL_INK, type Sheet } from './sheet.ts';
import { finish, newSheet, portraitHref, type DocumentRequest, type Specimen } from './specimen.ts';

export type Td1Kind = 'identity-card' | 'residence-permit';

const TITLES = {
  'identity-card': 'IDENTITY CARD · CARTE D’IDENTITÉ',
  'residence-permit': 'RESIDENCE PERMIT · TITRE DE SÉJOUR',
} as const;

/** Years from issue to expiry: own choice within what states use. */
const YEARS = { 'identity-card': 10, 'residence-permit': 5 } as const;

/** The permit is printed in other inks, so that nobody takes it for the card. */
function inksOf(kind: Td1Kind, { inks }: Issuer): Issuer['inks'] {
  return kind === 'identity-card' ? inks : ['#6c5a94', inks[0]];
}

function header(sheet: Sheet, kind: Td1Kind, request: DocumentRequest): void {
  const { issuer } = request.person;
  const [ink] = inksOf(kind, issuer);
  sheet.add(
    `<rect width="${sheet.widthMm}" height="9.4" fill="${ink}" fill-opacity="0.16"/>`,
    emblem(3.6, 1.6, 6.6, ink),
  );
  sheet.write(issuer.localName, 10.6, 4.9, {
    sizeMm: 3.1,
    typeface: 'sans-bold',
    trackingMm: 0.22,
    colour: ink,
  });
  const subtitle = issuer.name === issuer.localName ? 'STATE OF NOWHERE' : issuer.name;
  sheet.write(subtitle, 10.6, 7.6, { sizeMm: 1.5, trackingMm: 0.12, colour: LABEL_INK });
  sheet.write(TITLES[kind], 73, 5.6, { sizeMm: 1.9, typeface: 'sans-medium', anchor: 'end' });
}

/** Front side: portrait and holder. */
export async function drawTd1Front(kind: Td1Kind, request: DocumentRequest): Promise<Specimen> {
  const { person, issuedOn, dpi } = request;
  const sheet = newSheet('ID-1');
  securityGround(sheet, person.seed, inksOf(kind, person.issuer));
  header(sheet, kind, request);
  sheet.add(chipSymbol(75, 2.4, 7));
  const href = await portraitHref(person, 32, dpi);
  sheet.add(portrait(href, 3.8, 12, 24.6, 31.6), ghostPortrait(href, 67.5, 27.6, 12.6));
  const expiry = printedDate(addYears(issuedOn, YEARS[kind]));
  const number = kind === 'identity-card' ? person.cardNumber : person.permitNumber;
  sheet.field('Surname · Nom', person.surname, 31.5, 13, 2.9);
  sheet.field('Given names · Prénoms', person.givenNames, 31.5, 18.8, 2.9);
  sheet.field('Sex · Sexe', person.sex, 31.5, 24.6);
  sheet.field('Nationality · Nationalité', person.issuer.mrzCode, 42, 24.6);
  sheet.field('Date of birth · Date de naissance', printedDate(person.birthDate), 31.5, 29.8);
  sheet.field('Place of birth · Lieu de naissance', person.birthPlace, 31.5, 35);
  sheet.field('Document no. · N° du document', number, 31.5, 40.2, 2.9);
  sheet.field('Date of expiry · Expiration', expiry, 58.5, 40.2, 2.9);
  if (kind === 'residence-permit') {
    sheet.field('Type of permit · Type de titre', 'LONG-TERM RESIDENT', 58.5, 13, 2.2);
  } else {
    sheet.field('Personal no. · N° personnel', person.personalNumber, 58.5, 13, 2.4);
  }
  sheet.add(signature(person.seed, 32, 50, 22));
  sheet.write('Signature', 31.5, 52, { sizeMm: 1.2, colour: LABEL_INK });
  sheet.write('SPECIMEN · NOT A DOCUMENT · SPECIMEN · NOT A DOCUMENT', 81.8, 51.9, {
    sizeMm: 0.85,
    anchor: 'end',
    colour: INK,
  });
  markSpecimen(sheet, 16.2, 47.6, 4.1, 0);
  markSpecimen(sheet, 59, 37.6, 7.4, -24);
  return await finish(sheet, 'ID-1', dpi);
}

/** Back side: remarks and machine-readable zone. */
export async function drawTd1Back(kind: Td1Kind, request: DocumentRequest): Promise<Specimen> {
  const { person, issuedOn, dpi } = request;
  const isCard = kind === 'identity-card';
  const mrzLines = td1({
    documentCode: isCard ? 'I' : 'AR',
    issuer: person.issuer.mrzCode,
    nationality: person.issuer.mrzCode,
    documentNumber: isCard ? person.cardNumber : person.permitNumber,
    surname: person.surname,
    givenNames: person.givenNames,
    birthDate: person.birthDate,
    sex: person.sex,
    expiryDate: addYears(issuedOn, YEARS[kind]),
    optionalData: isCard ? person.personalNumber : '',
  });
  const sheet = newSheet('ID-1');
  securityGround(sheet, person.seed + 1, inksOf(kind, person.issuer));
  sheet.add(
    `<rect y="34.4" width="${sheet.widthMm}" height="19.6" fill="#fff" fill-opacity="0.62"/>`,
    isCard ? contactChip(6, 10) : '',
  );
  const x = isCard ? 24 : 6;
  sheet.field('Date of issue · Délivré le', printedDate(issuedOn), x, 6);
  sheet.field('Authority · Autorité', 'REGISTRY OF SPECIMENS', x + 26, 6);
  sheet.field('Address · Adresse', `${person.street}, ${person.city}`, x, 12.2);
  sheet.field('Height · Taille', `${person.heightCm} cm`, x, 18.4);
  sheet.field('Remarks · Observations', isCard ? '—' : 'WORK PERMITTED', x + 26, 18.4);
  sheet.add(emblem(74, 22.4, 9, person.issuer.inks[1]));
  markSpecimen(sheet, 44, 30.4, 7, 0);
  sheet.writeMrz(mrzLines, 40.2, 4.7);
  return await finish(sheet, 'ID-1', dpi, { mrzLines });
}
