/**
 * `npm run -s gallery`: photographs every screen in every mode, size, language and contrast into
 * out/gallery, with a page to look through them. The renderer is the built one, driven by the flow
 * itself; main is a fake. Progress on stderr; the last line of stdout is one JSON object:
 * `{pictures, screens, seconds, languages, missing}`. Exit 1 when a screen or a state of the flow
 * is not shown.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { SHIPPED_LANGUAGES } from '../../preload/contract/languages.ts';
import { round } from '../bench/bench.ts';
import { indexPage, type GalleryPicture } from '../gallery/index-page.ts';
import { drawPictures } from '../gallery/pictures.ts';
import { Stand } from '../gallery/stand.ts';
import type { Scene } from '../gallery/station.ts';
import { missingFrom, takeTours } from '../gallery/tours.ts';
import { eachVariant, nameOfSize, type Variant } from '../gallery/variants.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, 'out', 'gallery');
const THUMBNAIL_PX = 480;
/** One with short words, one with long ones, one from right to left. */
const WANTED_LANGUAGES = ['en', 'de', 'ar'] as const;

const say = (message: string): void => {
  process.stderr.write(`gallery: ${message}\n`);
};

const fileNameOf = (scene: Scene, { size, contrast }: Variant, language: string): string =>
  [scene.mode, scene.screen, scene.state, nameOfSize(size), language, contrast]
    .join(' ')
    .replaceAll(/[^a-z0-9×]+/gi, '-')
    .toLowerCase();

/** One language's pictures. */
const photograph = async (
  stand: Stand,
  language: string,
  drawn: Awaited<ReturnType<typeof drawPictures>>,
): Promise<{ pictures: GalleryPicture[]; scenes: readonly Scene[] }> => {
  const pictures: GalleryPicture[] = [];
  const writing: Promise<unknown>[] = [];
  const scenes = await takeTours(
    stand,
    { language, pictures: drawn, countries: null, isWatched: true },
    (scene) =>
      eachVariant(stand.page, async (variant) => {
        const name = fileNameOf(scene, variant, language);
        const file = `${name}.png`;
        const thumbnail = `small/${name}.webp`;
        const png = await stand.page.screenshot({ animations: 'disabled' });
        writing.push(
          writeFile(join(FOLDER, file), png),
          sharp(png)
            .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside' })
            .toFile(join(FOLDER, thumbnail)),
        );
        pictures.push({ ...scene, ...variant, language, file, thumbnail });
      }),
  );
  await Promise.all(writing);
  return { pictures, scenes };
};

const main = async (): Promise<number> => {
  const startedMs = performance.now();
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) return 1;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(join(FOLDER, 'small'), { recursive: true });

  const shipped: readonly string[] = SHIPPED_LANGUAGES;
  const languages = WANTED_LANGUAGES.filter((language) => shipped.includes(language));
  const unspoken = WANTED_LANGUAGES.filter((language) => !shipped.includes(language));
  const drawn = await drawPictures();
  const stand = await Stand.open({ pictures: drawn });
  const pictures: GalleryPicture[] = [];
  let missing: readonly string[] = [];
  try {
    for (const language of languages) {
      const taken = await photograph(stand, language, drawn);
      pictures.push(...taken.pictures);
      missing = missingFrom(taken.scenes);
      say(`${language}: ${taken.pictures.length} pictures`);
    }
  } finally {
    await stand.close();
  }
  for (const name of missing) say(`not shown: ${name}`);
  const notes = unspoken.map((language) => `Not spoken yet: ${language}.`);
  await writeFile(join(FOLDER, 'index.html'), indexPage(pictures, notes));
  const result = {
    pictures: pictures.length,
    screens: new Set(pictures.map(({ screen }) => screen)).size,
    seconds: round((performance.now() - startedMs) / 1000, 0),
    languages,
    missing: [...missing, ...unspoken.map((language) => `language ${language}`)],
  };
  console.log(JSON.stringify(result));
  return missing.length === 0 ? 0 : 1;
};

process.exitCode = await main();
