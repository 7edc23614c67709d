import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'playwright/test';
import { driverOf, test } from './support/fixtures.ts';

const COLOURS = { accent: '#0b5c46', onAccent: '#ffffff' };

/** A drawn logo: a mark and a bar. */
const LOGO = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="120">
    <circle cx="60" cy="60" r="48" fill="#0b5c46"/><rect x="140" y="36" width="320" height="48" fill="#12203a"/>
  </svg>`,
);

test('a bank’s logo and colours are on every screen, break no rule of the page and take no room from it', async ({
  launch,
  folder,
}) => {
  const logoFile = join(folder, 'logo.png');
  await sharp(LOGO).png().toFile(logoFile);
  await writeFile(
    join(folder, 'policy.json'),
    JSON.stringify({ brand: { name: 'Bank of the Specimen', logoFile, colours: COLOURS } }),
  );
  const kiosk = await launch();
  const { page } = kiosk;
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const driver = driverOf(kiosk);
  await driver.screen('attract');
  const logo = page.locator('img.frame-logo[alt="Bank of the Specimen"]');
  await expect(logo).toHaveJSProperty('naturalWidth', 480);
  await driver.press('start');
  await driver.screen('consent');
  await expect(logo).toBeVisible();
  await expect(page.locator('.button-primary').first()).toHaveCSS(
    'background-color',
    'rgb(11, 92, 70)',
  );
  // The header is as high as with a name: a logo that comes late moves nothing below it.
  const heights = await page.evaluate(() => {
    const header = document.querySelector('.frame-header');
    const withLogo = header?.clientHeight;
    header?.querySelector('img')?.remove();
    return [withLogo, header?.clientHeight];
  });
  expect(heights[0]).toBe(heights[1]);
  expect(faults).toEqual([]);
});

test('a policy whose colours can not be read is refused, and the kiosk stays readable', async ({
  launch,
  folder,
}) => {
  await writeFile(
    join(folder, 'policy.json'),
    JSON.stringify({ brand: { colours: { accent: '#ffc629', onAccent: '#000000' } } }),
  );
  const kiosk = await launch();
  const { page } = kiosk;
  await driverOf(kiosk).screen('out-of-service');
  await expect(page.locator('body')).toContainText('POLICY_ACCENT_CONTRAST');
});
