/** One key for what staff does: the table against the shell, the screens, and itself. */
import { describe, expect, it } from 'vitest';
import { isAllowedKey } from '../../../../main/shell/input-guard.ts';
import { ShortcutsShown } from '../../../../renderer/components/key-hint.tsx';
import { SHORTCUT_KEYS, SHORTCUTS, shortcutOf } from '../../../../renderer/shortcuts/shortcuts.ts';
import { BRACKETS, markupOf, tagsOf } from '../screens/render.tsx';
import { SAMPLES } from '../screens/samples.tsx';

const PLAIN = { control: false, alt: false, shift: false, meta: false };

/** Every screen as staff sees it. */
const STAFFED = SAMPLES.map(({ screen, state, element }) => ({
  screen,
  state,
  markup: markupOf(BRACKETS, <ShortcutsShown value>{element}</ShortcutsShown>),
}));

describe('the table of shortcuts', () => {
  it('SEC-14 has no key that the shell keeps from the page', () => {
    const kept = SHORTCUT_KEYS.map((key) => (key === 'Digit' ? '1' : key)).filter(
      (key) => !isAllowedKey({ ...PLAIN, key, code: key }),
    );
    expect(kept).toEqual([]);
  });

  it('gives each key one meaning at each place', () => {
    const meanings = SHORTCUTS.flatMap(({ key, places }) => places.map((at) => `${key} ${at}`));
    expect(meanings).toHaveLength(new Set(meanings).size);
  });

  it('names only what its screens have', () => {
    for (const { action, places } of SHORTCUTS) {
      if (action === 'primary') continue;
      for (const place of places) {
        if (place === 'frame') continue;
        const here = STAFFED.filter(({ screen }) => screen === place);
        const isThere = here.some(({ markup }) => markup.includes(`data-action="${action}"`));
        expect(isThere, `${action} on ${place}`).toBe(true);
      }
    }
  });

  it('leads on with Enter and back with Escape from every screen of a session', () => {
    const places = ['consent', 'token', 'document', 'scan', 'capture', 'review'] as const;
    const keys = places.map((place) => [
      shortcutOf(place, 'continue', true),
      shortcutOf(place, place === 'consent' ? 'decline' : 'back', false),
    ]);
    expect(keys).toEqual(places.map(() => ['Enter', 'Escape']));
  });
});

describe('hints', () => {
  it('stand on every button that has a key, one hint for one key', () => {
    for (const { screen, state, markup } of STAFFED) {
      const keys = [
        ...tagsOf(markup, 'button').filter((tag) => tag.includes('aria-keyshortcuts')),
        ...tagsOf(markup, 'input').filter((tag) => tag.includes('aria-keyshortcuts')),
      ].map((tag) => /aria-keyshortcuts="(\w+)"/.exec(tag)?.[1]);
      expect(tagsOf(markup, 'kbd'), `${screen}, ${state}`).toHaveLength(keys.length);
      expect(keys, `${screen}, ${state}`).toHaveLength(new Set(keys).size);
    }
    const hinted = STAFFED.filter(({ markup }) => markup.includes('<kbd'));
    expect(new Set(hinted.map(({ screen }) => screen)).size).toBeGreaterThan(12);
  });

  it('are not there for a customer alone', () => {
    for (const { element } of SAMPLES)
      expect(markupOf(BRACKETS, element)).not.toMatch(/<kbd|aria-keyshortcuts/);
  });
});
