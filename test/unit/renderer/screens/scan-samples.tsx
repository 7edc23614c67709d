/** The scanner's screen in its states. */
import { ScannerChoice } from '../../../../renderer/components/scanner-choice.tsx';
import type { PaperStep, ScanPart } from '../../../../renderer/flow/scan-plan.ts';
import { ScanScreen, type ScanPhase } from '../../../../renderer/screens/scan-screen.tsx';
import { NOTHING_READ } from '../../../../renderer/vision/worker/document-reading.ts';
import { fakePage, findAt, FLATBED } from '../../../support/fake-scans.ts';
import { sample } from './sample.ts';

const ignore = (): void => {};

const pages = [1, 2].map((number) => ({
  ...fakePage(number, { cards: [findAt(300)], isGrey: number === 2 }),
  url: `blob:${number}`,
}));

const parts: readonly ScanPart[] = (['ID-1', 'ID-2', 'ID-3', 'PAPER', null] as const).map(
  (format, index) => ({
    ...findAt(300, { format, isCertain: index % 2 === 0 }),
    partId: String(index),
    pageId: pages[index % 2]?.pageId ?? '',
    dpi: 300,
    reading: NOTHING_READ,
    step: index === 0 ? 'FRONT' : null,
  }),
);

const choices = {
  remembered: { list: null, scanner: { ...FLATBED, name: 'Сканер' }, sources: [] },
  searching: { list: { scanners: [], isSearching: true, code: null }, scanner: null, sources: [] },
  none: {
    list: { scanners: [], isSearching: false, code: 'SCANNER_NONE_FOUND' },
    scanner: null,
    sources: [],
  },
  some: {
    list: {
      scanners: [{ scannerId: FLATBED.scannerId, kind: 'escl', name: 'Сканер' }],
      isSearching: false,
      code: null,
    },
    scanner: null,
    sources: ['platen', 'feeder', 'duplex'],
  },
} as const;

const screenOf = (
  phase: ScanPhase,
  wanted: readonly PaperStep[],
  choice: keyof typeof choices,
  patch: Partial<Parameters<typeof ScanScreen>[0]> = {},
) => {
  const { list, scanner, sources } = choices[choice];
  return (
    <ScanScreen
      wanted={wanted}
      documentType="ID_CARD"
      phase={phase}
      canScan={scanner !== null}
      progress={null}
      pages={[]}
      parts={[]}
      code={null}
      scannerChoice={
        <ScannerChoice
          list={list === null ? null : { ...list, scanners: [...list.scanners] }}
          scanner={scanner}
          sources={sources}
          onSearch={ignore}
          onChoose={ignore}
          onAskSources={ignore}
          onChooseSource={ignore}
        />
      }
      onScan={ignore}
      onCancel={ignore}
      onAssign={ignore}
      onMove={ignore}
      onAccept={ignore}
      onCamera={ignore}
      onBack={ignore}
      {...patch}
    />
  );
};

const WANTED: readonly (readonly PaperStep[])[] = [
  ['FRONT', 'BACK'],
  ['FRONT'],
  ['BACK'],
  ['UTILITY_BILL'],
];

/** All states that differ in words. */
export const SCAN_SAMPLES = [
  ...WANTED.map((wanted) => sample('scan', wanted.join(), screenOf('ready', wanted, 'remembered'))),
  sample(
    'scan',
    'passport',
    screenOf('ready', ['FRONT'], 'remembered', { documentType: 'PASSPORT' }),
  ),
  ...(['searching', 'none', 'some'] as const).map((choice) =>
    sample('scan', choice, screenOf('ready', ['FRONT'], choice)),
  ),
  ...(['opening', 'reading', 'storing'] as const).map((phase) =>
    sample('scan', phase, screenOf(phase, ['FRONT'], 'remembered')),
  ),
  ...[
    null,
    { phase: 'waiting', pageIndex: 0, share: null } as const,
    { phase: 'grey-instead', pageIndex: 0, share: null } as const,
    { phase: 'scanning', pageIndex: 1, share: null } as const,
    { phase: 'scanning', pageIndex: 1, share: 0.4 } as const,
    { phase: 'reading', pageIndex: 1, share: null } as const,
  ].map((progress) =>
    sample(
      'scan',
      `scanning, ${progress?.phase}`,
      screenOf('scanning', ['FRONT'], 'remembered', { progress }),
    ),
  ),
  ...([null, 'SCANNER_JAMMED'] as const).map((code) =>
    sample(
      'scan',
      `arranging, ${code}`,
      screenOf('arranging', ['FRONT', 'BACK', 'UTILITY_BILL'], 'remembered', {
        code,
        pages,
        parts,
      }),
    ),
  ),
];
