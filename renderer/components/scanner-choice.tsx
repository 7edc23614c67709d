/** Which scanner is used and where it takes paper from. Searching goes on behind it; nobody waits. */
import { useState, type ReactNode } from 'react';
import type { ScannerList } from '../../preload/contract/scanner-channels.ts';
import type { ScannerIdentity, ScanSource } from '../../preload/contract/scanner-words.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { StaffError } from './notice.tsx';

interface ScannerChoiceProps {
  /** Null until main has answered once. */
  readonly list: ScannerList | null;
  readonly scanner: ScannerIdentity | null;
  /** Empty until they were asked for. */
  readonly sources: readonly ScanSource[];
  readonly onSearch: () => void;
  readonly onChoose: (scanner: Omit<ScannerIdentity, 'source'>) => void;
  readonly onAskSources: () => void;
  readonly onChooseSource: (source: ScanSource) => void;
}

const Sources = ({
  scanner,
  sources,
  onChooseSource,
}: Pick<ScannerChoiceProps, 'sources' | 'onChooseSource'> & {
  readonly scanner: ScannerIdentity;
}): ReactNode => {
  const { t } = useI18n();
  return (
    <div className="scanner-sources" role="group" aria-label={t('scan.sources')}>
      {sources.map((source) => (
        <button
          key={source}
          type="button"
          className="camera-option"
          data-source={source}
          aria-pressed={source === scanner.source}
          onClick={() => onChooseSource(source)}
        >
          <span>{t(`scan.source.${source}`)}</span>
        </button>
      ))}
    </div>
  );
};

/** The scanner in use; all there are once somebody wants another, or none was chosen yet. */
export const ScannerChoice = (props: ScannerChoiceProps): ReactNode => {
  const { list, scanner, sources, onSearch, onChoose, onAskSources, onChooseSource } = props;
  const { t } = useI18n();
  const [isOpen, setIsOpen] = useState(false);
  if (scanner !== null && !isOpen) {
    return (
      <div className="scanner-choice">
        <p className="scanner-name">
          <Icon name="scanner" />
          <bdi translate="no">{scanner.name}</bdi>
          <span>{t(`scan.source.${scanner.source}`)}</span>
        </p>
        <Button
          action="choose-scanner"
          look="quiet"
          onClick={() => {
            setIsOpen(true);
            onAskSources();
          }}
        >
          {t('scan.change')}
        </Button>
      </div>
    );
  }
  return (
    <div className="scanner-choice scanner-choice-open">
      <div className="camera-list" role="group" aria-label={t('scan.choose')}>
        {(list?.scanners ?? []).map(({ scannerId, name }) => (
          <button
            key={scannerId}
            type="button"
            className="camera-option"
            data-scanner-id={scannerId}
            aria-pressed={scannerId === scanner?.scannerId}
            onClick={() => {
              setIsOpen(true);
              onChoose({ scannerId, name });
            }}
          >
            <Icon name={scannerId === scanner?.scannerId ? 'check' : 'scanner'} />
            <bdi translate="no">{name}</bdi>
          </button>
        ))}
      </div>
      {scanner !== null && (
        <Sources
          scanner={scanner}
          sources={sources}
          onChooseSource={(source) => {
            setIsOpen(false);
            onChooseSource(source);
          }}
        />
      )}
      <p className="small" role="status">
        {list?.isSearching === true && t('scan.searching')}
      </p>
      {list !== null && list.code !== null && !list.isSearching && <StaffError code={list.code} />}
      <Button action="search" look="quiet" icon={<Icon name="search" />} onClick={onSearch}>
        {t('scan.search')}
      </Button>
    </div>
  );
};
