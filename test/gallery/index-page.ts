/** The page that shows all pictures of the gallery; plain HTML that needs no server and no script. */
import type { Scene } from './station.ts';
import { nameOfSize, type Variant } from './variants.ts';

export interface GalleryPicture extends Scene, Variant {
  readonly language: string;
  /** Both relative to the page. */
  readonly file: string;
  readonly thumbnail: string;
}

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 110rem; padding: 2rem; }
  nav { columns: 16rem; } nav ul, ul.pictures { list-style: none; margin: 0; padding: 0; }
  h2 { margin: 3rem 0 0; } h3 { margin: 2rem 0 .5rem; }
  ul.pictures { display: flex; flex-wrap: wrap; align-items: end; gap: 1rem; }
  img { display: block; max-width: 20rem; max-height: 20rem; width: auto; height: auto; border: 1px solid #8886; }
  small { opacity: .75; }`;

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const text = (plain: string): string => plain.replaceAll(/[&<>"]/g, (sign) => ESCAPED[sign] ?? '');

/** In the order in which they first come. */
const groupedBy = <Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] => [...Map.groupBy(items, nameOf)];

const sceneName = ({ screen, state }: Scene): string => `${screen}: ${state}`;
const anchorOf = (scene: Scene): string =>
  `${scene.mode} ${sceneName(scene)}`.replaceAll(/[^a-z0-9]+/gi, '-');

const figure = (picture: GalleryPicture): string => {
  const name = `${nameOfSize(picture.size)} ${picture.language} ${picture.contrast}`;
  const alt = text(`${sceneName(picture)}, ${name}`);
  return `<li><a href="${text(picture.file)}"><img loading="lazy" src="${text(picture.thumbnail)}" alt="${alt}"></a><small>${text(name)}</small></li>`;
};

const chapter = ([mode, pictures]: readonly [string, readonly GalleryPicture[]]): string => {
  const scenes = groupedBy(pictures, anchorOf);
  const sections = scenes.map(([anchor, shown]) => {
    const title = shown[0] === undefined ? '' : sceneName(shown[0]);
    const list = shown.map(figure).join('\n');
    return `<h3 id="${anchor}">${text(title)}</h3>\n<ul class="pictures">\n${list}\n</ul>`;
  });
  return `<h2>${text(mode)}</h2>\n${sections.join('\n')}`;
};

/** @param notes what a reader must know, such as what is missing */
export const indexPage = (
  pictures: readonly GalleryPicture[],
  notes: readonly string[],
): string => {
  const links = groupedBy(pictures, anchorOf).map(([anchor, [first]]) =>
    first === undefined
      ? ''
      : `<li><a href="#${anchor}">${text(`${first.mode} · ${sceneName(first)}`)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mark ID Kiosk: every screen</title>
<style>${STYLE}
</style>
<h1>Mark ID Kiosk: every screen</h1>
<p>${pictures.length} pictures by <code>npm run -s gallery</code>. ${notes.map(text).join(' ')}</p>
<nav><ul>
${links.join('\n')}
</ul></nav>
${groupedBy(pictures, ({ mode }) => mode)
  .map(chapter)
  .join('\n')}
</html>
`;
};
