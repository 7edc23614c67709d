/** What becomes of each part of the scanned pages: a list beside the pages, operated like any form. */
import type { ReactNode } from 'react';
import type { PageQuad } from '../../preload/contract/scanner-channels.ts';
import { turnedQuad, type PaperStep, type ScanPart } from '../flow/scan-plan.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface ScanPartsProps {
  readonly parts: readonly ScanPart[];
  readonly wanted: readonly PaperStep[];
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
  readonly onAssign: (index: number, step: PaperStep | null) => void;
  readonly onMove: (index: number, quad: PageQuad) => void;
}

/** What is doubtful about a part: its frame, or that there is one document in it. */
const doubtOf = ({ format, isCertain }: ScanPart, wanted: readonly PaperStep[]) => {
  const isOne = format === 'PAPER' ? wanted.includes('UTILITY_BILL') : format !== null;
  if (!isOne) return 'scan.apart';
  return isCertain ? null : 'scan.guess';
};

const Doubt = ({ words }: { readonly words: ReturnType<typeof doubtOf> }): ReactNode => {
  const { t } = useI18n();
  if (words === null) return null;
  return (
    <p className="small scan-guess" data-doubt={words}>
      <Icon name="alert" />
      {t(words)}
    </p>
  );
};

/** Every part with the pictures it can become, and a quarter turn. */
export const ScanParts = ({
  parts,
  wanted,
  chosen,
  onChoose,
  onAssign,
  onMove,
}: ScanPartsProps): ReactNode => {
  const { t } = useI18n();
  const nameOf = ({ format }: ScanPart, index: number): string =>
    t(format === null ? 'scan.format.none' : `scan.format.${format}`, { number: index + 1 });
  return (
    <ol className="scan-parts">
      {parts.map((part, index) => (
        <li
          key={part.partId}
          className="scan-part"
          data-part-row={index}
          data-chosen={index === chosen ? '' : undefined}
          onFocus={() => onChoose(index)}
          onPointerDown={() => onChoose(index)}
        >
          <div className="scan-part-head">
            <h2 className="scan-part-name">{nameOf(part, index)}</h2>
            <Button
              action="turn"
              look="quiet"
              icon={<Icon name="again" />}
              onClick={() => onMove(index, turnedQuad(part.quad, 1))}
            >
              {t('scan.quarter')} <span className="visually-hidden">{nameOf(part, index)}</span>
            </Button>
          </div>
          <Doubt words={doubtOf(part, wanted)} />
          <div className="scan-steps" role="group" aria-label={t('scan.use')}>
            {[...wanted, null].map((step) => (
              <button
                key={step ?? 'none'}
                type="button"
                className="scan-step"
                data-assign={step ?? 'none'}
                aria-pressed={part.step === step}
                onClick={() => onAssign(index, step)}
              >
                {t(step === null ? 'scan.as.none' : `scan.as.${step}`)}
              </button>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
};
