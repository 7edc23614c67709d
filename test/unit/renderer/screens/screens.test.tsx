/** What holds for every screen in every state and language. */
import { describe, expect, it } from 'vitest';
import type { Brand } from '../../../../preload/contract/app-channels.ts';
import { AidsBar } from '../../../../renderer/components/aids-bar.tsx';
import { KioskFrame } from '../../../../renderer/components/kiosk-frame.tsx';
import { IdleDialog } from '../../../../renderer/components/idle-dialog.tsx';
import { StartOverDialog } from '../../../../renderer/components/start-over-dialog.tsx';
import { STANDARD_AIDS } from '../../../../renderer/flow/aids.ts';
import { loadCatalogue } from '../../../../renderer/i18n/catalogues.ts';
import { createI18n } from '../../../../renderer/i18n/create-i18n.ts';
import { BRACKETS, markupOf, spokenTextOf, tagsOf } from './render.tsx';
import { ITEM_DIALOGS, LEAVING_DIALOGS } from './operator-samples.tsx';
import { SAMPLES } from './samples.tsx';

const ignore = (): void => {};
const words = await Promise.all(
  ['en', 'lt', 'ar'].map(async (tag) => {
    const { language, messages } = await loadCatalogue(tag);
    return createI18n(language, messages);
  }),
);
const dialogs = [
  ...(['forgets', 'keeps-refused', 'keeps-saved', 'leaves-room'] as const).map((ending) => (
    <IdleDialog key={ending} ending={ending} secondsLeft={5} onContinue={ignore} onEnd={ignore} />
  )),
  ...[true, false].map((isKept) => (
    <StartOverDialog key={String(isKept)} isKept={isKept} onConfirm={ignore} onCancel={ignore} />
  )),
  ...ITEM_DIALOGS,
  ...LEAVING_DIALOGS,
];
const LATIN = /\p{Script=Latin}+/gu;
const ownWords = (markup: string): string[] =>
  spokenTextOf(markup)
    .replaceAll(/⟦[^⟧]*⟧/g, '')
    .match(LATIN) ?? [];

const inputs = SAMPLES.flatMap(({ screen, element }) =>
  tagsOf(markupOf(BRACKETS, element), 'input').map((tag) => ({ screen, tag })),
).filter(({ tag }) => !tag.includes('type="radio"'));

describe('every screen', () => {
  it.each(words)('speaks $language in every state and names itself', (i18n) => {
    for (const { screen, element } of SAMPLES) {
      const markup = markupOf(i18n, element);
      expect(tagsOf(markup, 'section')[0] ?? markup).toContain(`data-screen="${screen}"`);
      expect(spokenTextOf(markup)).not.toMatch(/undefined|null|NaN|\{|\[object/);
    }
  });

  it('has exactly one first-level heading, which can take the focus', () => {
    for (const { screen, state, element } of SAMPLES) {
      const headings = tagsOf(markupOf(BRACKETS, element), 'h1');
      expect(headings, `${screen}, ${state}`).toHaveLength(1);
      expect(headings[0]).toContain('tabindex="-1"');
    }
  });

  it('holds no text of its own outside the messages', () => {
    for (const { screen, state, element } of SAMPLES) {
      expect(ownWords(markupOf(BRACKETS, element)), `${screen}, ${state}`).toEqual([]);
    }
    for (const dialog of dialogs) expect(ownWords(markupOf(BRACKETS, dialog))).toEqual([]);
  });

  it('offers a way on, except while it sends', () => {
    for (const { screen, state, element } of SAMPLES) {
      const actions = tagsOf(markupOf(BRACKETS, element), 'button').filter(
        (tag) => tag.includes('data-action') && !tag.includes('disabled=""'),
      );
      const isWaiting =
        screen === 'submitting' ||
        (screen === 'capture' && state.endsWith('storing')) ||
        (screen === 'document' && state.includes('refused'));
      expect(actions.length > 0 || isWaiting, `${screen}, ${state}`).toBe(true);
    }
  });

  it('uses no style attribute and no script, so that the strict policy has nothing to block', () => {
    for (const { element } of SAMPLES) {
      expect(markupOf(BRACKETS, element)).not.toMatch(/\sstyle="|<script|\son\w+="/);
    }
  });
});

describe('inputs', () => {
  it('are found on every screen that asks for text', () => {
    expect([...new Set(inputs.map(({ screen }) => screen))].toSorted()).toEqual([
      'desk',
      'document',
      'locked',
      'operator-door',
      'operator-room',
      'token',
    ]);
  });

  it('SEC-19: are never completed, corrected, capitalised, spell-checked or translated', () => {
    for (const { tag } of inputs) {
      expect(tag).toContain('autoComplete="off"');
      expect(tag).toContain('autoCorrect="off"');
      expect(tag).toContain('autoCapitalize="off"');
      expect(tag).toContain('spellCheck="false"');
      expect(tag).toContain('translate="no"');
      expect(tag).toContain('maxLength="');
    }
  });

  it('hide every secret', () => {
    const secrets = inputs.filter(({ tag }) => /name="(?:pin|passphrase|api-secret)/.test(tag));
    expect(secrets.length).toBeGreaterThan(0);
    for (const { tag } of secrets) expect(tag).toContain('type="password"');
  });
});

describe('KioskFrame', () => {
  const frame = (
    environment: 'training' | 'production',
    logo: Brand['logo'] = null,
    hasVoice = true,
  ): string =>
    markupOf(
      BRACKETS,
      <KioskFrame
        environment={environment}
        brand={{ name: 'Банк', colours: null, logo }}
        outbox={null}
        reference={null}
        progress={{ index: 2, total: 4 }}
        onStartOver={ignore}
        onOperatorGesture={ignore}
        aids={<AidsBar aids={STANDARD_AIDS} isMenu={false} hasVoice={hasVoice} onChoose={ignore} />}
      >
        <p>1</p>
      </KioskFrame>,
    );

  it('marks training with a band and a watermark, and production with neither', () => {
    expect(frame('training')).toContain('⟦training.band⟧');
    expect(frame('training')).toContain('⟦training.word⟧');
    expect(frame('production')).not.toContain('training.');
  });

  it('shows a logo in its measures, named as the bank is; without one the name itself', () => {
    const logo = { path: '/brand-0123456789abcdef.png', widthPx: 640, heightPx: 160 };
    const shown = frame('production', logo);
    expect(shown).toContain('src="/brand-0123456789abcdef.png"');
    expect(shown).toContain('alt="Банк" width="640" height="160"');
    expect(frame('production')).not.toContain('<img');
    expect(spokenTextOf(frame('production'))).toContain('Банк');
  });

  it('tells the progress in words beside the dots', () => {
    expect(spokenTextOf(frame('production'))).toContain('⟦frame.progress⟧');
    expect(ownWords(frame('training'))).toEqual([]);
  });

  it('says that there is no voice in place of a switch that would do nothing', () => {
    expect(frame('production')).not.toContain('⟦aids.noVoice⟧');
    expect(frame('production', null, false)).toContain('⟦aids.noVoice⟧');
    expect(frame('production', null, false)).not.toContain('data-aid="speech"');
  });

  it('holds the aids, each named in words and telling whether it is on', () => {
    const buttons = tagsOf(frame('production'), 'button').filter((tag) => tag.includes('data-aid'));
    expect(buttons.map((tag) => /data-aid="([^"]*)"/.exec(tag)?.[1])).toEqual([
      'open',
      'text-100',
      'text-150',
      'text-200',
      'contrast',
      'speech',
      'reach',
    ]);
    const pressed = buttons.map((tag) => /aria-(?:pressed|expanded)="([^"]*)"/.exec(tag)?.[1]);
    expect(pressed).toEqual(['false', 'true', 'false', 'false', 'false', 'false', 'false']);
  });
});

describe('the receipt', () => {
  it('shows its number as a QR code, and nothing else in it', () => {
    const codes = SAMPLES.filter(({ screen }) => screen === 'receipt').map(({ element }) => {
      const markup = markupOf(BRACKETS, element);
      const [code] = /data-qr="([^"]*)"/.exec(markup)?.slice(1) ?? [];
      const [shown] = /receipt-code[^>]*><bdi[^>]*>([^<]*)</.exec(markup)?.slice(1) ?? [];
      return { code, shown };
    });
    expect(codes.some(({ code }) => code !== undefined)).toBe(true);
    for (const { code, shown } of codes) expect(code).toBe(shown);
  });
});
