/**
 * The scanner at a teller's desk: one key scans, the page shows what was found. Must never scan by
 * itself, and never leave anybody without the way to the camera.
 */
import { useState, type ReactNode } from 'react';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { PageQuad, ScanProgress } from '../../preload/contract/scanner-channels.ts';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ShortcutPlaceContext } from '../components/key-hint.tsx';
import { Notice, StaffError } from '../components/notice.tsx';
import { PagePicture } from '../components/page-picture.tsx';
import { ScanParts } from '../components/scan-parts.tsx';
import { ScreenTitle } from '../components/screen.tsx';
import type { ShownPage } from '../flow/scan-actors.ts';
import type { PaperStep, ScanPart } from '../flow/scan-plan.ts';
import type { MessageKey } from '../i18n/catalogues.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useSpokenScreen } from '../speech/spoken.tsx';

/** `opening`, `scanning`, `reading` and `storing` pass by themselves. */
export type ScanPhase = 'opening' | 'ready' | 'scanning' | 'reading' | 'arranging' | 'storing';

interface ScanScreenProps {
  readonly wanted: readonly PaperStep[];
  readonly documentType: DocumentType;
  readonly phase: ScanPhase;
  /** Whether a scanner is chosen. */
  readonly canScan: boolean;
  readonly progress: ScanProgress | null;
  readonly pages: readonly ShownPage[];
  readonly parts: readonly ScanPart[];
  readonly code: ErrorCode | null;
  /** The choice of a scanner. */
  readonly scannerChoice: ReactNode;
  readonly onScan: () => void;
  readonly onCancel: () => void;
  readonly onAssign: (index: number, step: PaperStep | null) => void;
  readonly onMove: (index: number, quad: PageQuad) => void;
  readonly onAccept: () => void;
  readonly onCamera: () => void;
  readonly onBack: () => void;
}

/** What is asked for: both sides of a card at once, or the one thing that is open. */
const subjectOf = (wanted: readonly PaperStep[], documentType: DocumentType) => {
  if (wanted.includes('FRONT') && wanted.includes('BACK')) return 'CARD';
  if (wanted.includes('FRONT')) return documentType === 'PASSPORT' ? 'PASSPORT' : 'CARD_FRONT';
  return wanted.includes('BACK') ? 'CARD_BACK' : 'BILL';
};

const useProgressWords = (phase: ScanPhase, progress: ScanProgress | null): string | null => {
  const { t } = useI18n();
  if (phase === 'opening' || phase === 'reading' || phase === 'storing') return t(`scan.${phase}`);
  if (phase !== 'scanning') return null;
  if (progress === null) return t('scan.waiting');
  const page = progress.pageIndex + 1;
  if (progress.phase !== 'scanning') return t(`scan.${progress.phase}`);
  const percent = Math.round((progress.share ?? 0) * 100);
  return progress.share === null ? t('scan.page', { page }) : t('scan.share', { page, percent });
};

/** Takes the focus when it appears: Enter is the one key. */
const focusOnEntry = (button: HTMLButtonElement | null): void => {
  button?.focus();
};

/** Pages as small buttons, where there are several. */
const PageTabs = ({
  pages,
  shown,
  onShow,
}: {
  readonly pages: readonly ShownPage[];
  readonly shown: number;
  readonly onShow: (index: number) => void;
}): ReactNode => {
  const { t } = useI18n();
  if (pages.length < 2) return null;
  return (
    <div className="scan-tabs" role="group" aria-label={t('scan.pages')}>
      {pages.map(({ pageId }, index) => (
        <button
          key={pageId}
          type="button"
          className="camera-option"
          data-page={index}
          aria-pressed={index === shown}
          onClick={() => onShow(index)}
        >
          {t('scan.page', { page: index + 1 })}
        </button>
      ))}
    </div>
  );
};

/** Everything between "lay it down" and "these are the pictures". */
export const ScanScreen = ({
  wanted,
  documentType,
  phase,
  canScan,
  progress,
  pages,
  parts,
  code,
  scannerChoice,
  onScan,
  onCancel,
  onAssign,
  onMove,
  onAccept,
  onCamera,
  onBack,
}: ScanScreenProps): ReactNode => {
  const { t } = useI18n();
  const [chosen, setChosen] = useState(0);
  const [shown, setShown] = useState(0);
  const subject = subjectOf(wanted, documentType);
  const title = t(`scan.${subject}.title`);
  const instruction = t(`scan.${subject}.instruction`);
  useSpokenScreen([title, instruction]);
  const words = useProgressWords(phase, progress);
  const isArranging = phase === 'arranging';
  const page = pages[Math.min(shown, pages.length - 1)];
  const choose = (index: number): void => {
    setChosen(index);
    const at = pages.findIndex(({ pageId }) => pageId === parts[index]?.pageId);
    if (at !== -1) setShown(at);
  };
  const scanWords: MessageKey = !isArranging
    ? 'scan.scan'
    : code === null
      ? 'scan.again'
      : 'scan.rest';
  return (
    <ShortcutPlaceContext value="scan">
      <section
        className="capture scan"
        data-screen="scan"
        data-phase={phase}
        data-code={code ?? undefined}
      >
        <div className="capture-words">
          <ScreenTitle key={subject}>{title}</ScreenTitle>
          {!isArranging && <p>{instruction}</p>}
          {phase === 'ready' && <p className="small scan-keys">{t('scan.keys')}</p>}
          {isArranging && <p className="small scan-keys">{t('scan.handles')}</p>}
          {isArranging && (
            <ScanParts
              parts={parts}
              wanted={wanted}
              chosen={chosen}
              onChoose={choose}
              onAssign={onAssign}
              onMove={onMove}
            />
          )}
        </div>
        <div className="scene scan-scene">
          <PageTabs pages={pages} shown={shown} onShow={setShown} />
          {page === undefined ? (
            <Icon name="scanner" />
          ) : (
            <PagePicture
              page={page}
              parts={parts
                .map((part, index) => ({ part, index }))
                .filter(({ part }) => part.pageId === page.pageId)}
              chosen={isArranging ? chosen : null}
              onChoose={choose}
              onMove={onMove}
            />
          )}
        </div>
        <p className="scene-phase" role="status">
          {words}
        </p>
        <div className="capture-controls">
          {code !== null && <StaffError code={code} />}
          {isArranging && code !== null && (
            <Notice tone="note" says={[t('scan.kept', { count: pages.length })]} />
          )}
          {pages.some(({ isGrey }) => isGrey) && <Notice tone="warning" says={[t('scan.grey')]} />}
          {phase === 'ready' && scannerChoice}
          {isArranging && (
            <Button
              ref={code === null ? focusOnEntry : null}
              action="accept"
              look="primary"
              icon={<Icon name="check" />}
              disabled={parts.every(({ step }) => step === null)}
              onClick={onAccept}
            >
              {t('scan.accept')}
            </Button>
          )}
          {(phase === 'ready' || isArranging) && (
            <Button
              ref={phase === 'ready' || code !== null ? focusOnEntry : null}
              action="scan"
              look={isArranging ? 'secondary' : 'primary'}
              icon={<Icon name="scanner" />}
              disabled={!canScan}
              onClick={onScan}
            >
              {t(scanWords)}
            </Button>
          )}
          {phase === 'scanning' && (
            <Button
              ref={focusOnEntry}
              action="cancel-scan"
              icon={<Icon name="cross" />}
              onClick={onCancel}
            >
              {t('scan.cancel')}
            </Button>
          )}
          <div className="capture-ways">
            <Button action="back" look="quiet" icon={<Icon name="back" />} onClick={onBack}>
              {t('action.back')}
            </Button>
            <Button action="camera" look="quiet" icon={<Icon name="camera" />} onClick={onCamera}>
              {t('scan.camera')}
            </Button>
          </div>
        </div>
      </section>
    </ShortcutPlaceContext>
  );
};
