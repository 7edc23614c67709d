/**
 * Owns the utility bill: a paper that proves an address (A4).
 * Never names a real company.
 */
import { barcodePath, encodeBarcode } from '../barcode.ts';
import { createPrng } from '../prng.ts';
import { markSpecimen } from './ornament.ts';
import { printedDate, type Person } from './person.ts';
import { INK, LABEL_INK, type Sheet } from './sheet.ts';
import { finish, newSheet, type DocumentRequest, type Specimen } from './specimen.ts';

const BRAND = '#1f6f78';
const LEFT = 20;
const RIGHT = 190;

/** Day `days` after an ISO 8601 date, in UTC. */
function addDays(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

function letterhead(sheet: Sheet, person: Person, issuedOn: string): void {
  sheet.add(
    `<rect width="210" height="297" fill="#fdfdfb"/><rect width="210" height="6" fill="${BRAND}"/>`,
    `<g transform="translate(${LEFT} 16)" fill="${BRAND}"><path d="M8 0C12 6 15 9 15 13.4A7 7 0 0 1 1 13.4C1 9 4 6 8 0Z"/><path d="M8.8 5L4.6 12.6H7.8L6.8 18L11.6 10.6H8.2Z" fill="#fdfdfb"/></g>`,
  );
  sheet.write('Nusquam Energy & Water', 40, 25, {
    sizeMm: 6.4,
    typeface: 'sans-bold',
    colour: BRAND,
  });
  sheet.write('Works Street 1 · Amaurote · Utopia', 40, 31, { sizeMm: 3.1, colour: LABEL_INK });
  const address = [
    `${person.givenNames} ${person.surname}`,
    person.street,
    `${person.postcode} ${person.city}`,
    person.issuer.name,
  ];
  for (const [index, line] of address.entries()) {
    sheet.write(line, LEFT, 56 + index * 5.6, {
      sizeMm: 4.2,
      typeface: index === 0 ? 'sans-medium' : 'sans',
    });
  }
  const facts = [
    ['Bill number', `NE-${person.personalNumber}`],
    ['Customer number', person.customerNumber],
    ['Date of bill', printedDate(issuedOn)],
    ['Period', `${printedDate(addDays(issuedOn, -35))} – ${printedDate(addDays(issuedOn, -5))}`],
    ['Pay before', printedDate(addDays(issuedOn, 21))],
  ] as const;
  for (const [index, [label, value]] of facts.entries()) {
    sheet.write(label, 116, 56 + index * 5.6, { sizeMm: 3.2, colour: LABEL_INK });
    sheet.write(value, RIGHT, 56 + index * 5.6, {
      sizeMm: 3.4,
      typeface: 'sans-medium',
      anchor: 'end',
    });
  }
}

/** Prices in cents. */
function charges(sheet: Sheet, seed: number): number {
  const random = createPrng(seed, 'bill');
  const items = [
    ['Electricity', `${random.int(90, 260)} kWh`, random.int(2100, 6400)],
    ['Cold water', `${random.int(3, 9)} m³`, random.int(600, 1900)],
    ['Heating', `${random.int(120, 480)} kWh`, random.int(1800, 7200)],
    ['Standing charge', '1 month', 495],
  ] as const;
  const money = (cents: number) => `${(cents / 100).toFixed(2)} €`;
  sheet.write('Your bill for this month', LEFT, 100, { sizeMm: 6, typeface: 'sans-bold' });
  sheet.add(
    `<rect x="${LEFT}" y="106" width="170" height="9" fill="${BRAND}" fill-opacity="0.12"/>`,
  );
  const row = (cells: readonly [string, string, string], y: number, isStrong: boolean) => {
    const typeface = isStrong ? 'sans-bold' : 'sans';
    sheet.write(cells[0], LEFT + 3, y, { sizeMm: 3.7, typeface });
    if (cells[1] !== '') sheet.write(cells[1], 130, y, { sizeMm: 3.7, typeface, anchor: 'end' });
    sheet.write(cells[2], RIGHT - 3, y, { sizeMm: 3.7, typeface, anchor: 'end' });
  };
  row(['Service', 'Used', 'Amount'], 112, true);
  for (const [index, [name, amount, cents]] of items.entries()) {
    const y = 122 + index * 8;
    row([name, amount, money(cents)], y, false);
    sheet.add(`<path d="M${LEFT} ${y + 2.6}H${RIGHT}" stroke="#c9cfd4" stroke-width="0.2"/>`);
  }
  const total = items.reduce((sum, item) => sum + item[2], 0);
  row(['To pay', '', money(total)], 156, true);
  return total;
}

function usageChart(sheet: Sheet, seed: number): void {
  const random = createPrng(seed, 'usage');
  sheet.write('Electricity, last twelve months (kWh)', LEFT, 176, {
    sizeMm: 3.4,
    typeface: 'sans-medium',
  });
  for (let month = 0; month < 12; month += 1) {
    const height = random.between(10, 30);
    const x = LEFT + 2 + month * 9;
    sheet.add(
      `<rect x="${x}" y="${(212 - height).toFixed(2)}" width="6" height="${height.toFixed(2)}" fill="${BRAND}" fill-opacity="${month === 11 ? 1 : 0.4}"/>`,
    );
  }
  sheet.add(`<path d="M${LEFT} 212H130" stroke="${INK}" stroke-width="0.3"/>`);
}

/** One page, issued on `issuedOn`: younger than three months is what the API family asks of a bill. */
export async function drawUtilityBill({
  person,
  issuedOn,
  dpi,
}: DocumentRequest): Promise<Specimen> {
  const sheet = newSheet('A4');
  letterhead(sheet, person, issuedOn);
  const totalCents = charges(sheet, person.seed);
  usageChart(sheet, person.seed);
  const code = await encodeBarcode('QRCode', `SPECIMEN;${person.customerNumber};${totalCents}`);
  sheet.add(
    `<path d="M0 232H210" stroke="${LABEL_INK}" stroke-width="0.25" stroke-dasharray="2 1.6"/>`,
    `<path d="${barcodePath(code, 150, 242, 36 / code.columns)}" fill="#101010"/>`,
  );
  sheet.write('Payment slip', LEFT, 244, { sizeMm: 5, typeface: 'sans-bold' });
  sheet.write('To: Nusquam Energy & Water', LEFT, 253, { sizeMm: 3.7 });
  sheet.write('Account: UT00 0000 0000 0000 0000', LEFT, 260, { sizeMm: 3.7 });
  sheet.write(`Reference: ${person.customerNumber}`, LEFT, 267, { sizeMm: 3.7 });
  sheet.write(`Amount: ${(totalCents / 100).toFixed(2)} €`, LEFT, 275, {
    sizeMm: 4.4,
    typeface: 'sans-bold',
  });
  sheet.write('Drawn for tests. Nobody owes anything.', LEFT, 288, {
    sizeMm: 2.8,
    colour: LABEL_INK,
  });
  markSpecimen(sheet, 112, 160, 26, -32);
  return await finish(sheet, 'A4', dpi);
}
