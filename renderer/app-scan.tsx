/** The scanner's screen over the scan machine. */
import { useSelector } from '@xstate/react';
import type { ReactNode } from 'react';
import type { DocumentType } from '../preload/contract/vocabulary.ts';
import { ScannerChoice } from './components/scanner-choice.tsx';
import type { ScanActor } from './flow/scan-machine.ts';
import { ScanScreen, type ScanPhase } from './screens/scan-screen.tsx';

interface AppScanProps {
  readonly scan: ScanActor;
  readonly documentType: DocumentType;
}

const PHASES: readonly ScanPhase[] = ['ready', 'scanning', 'reading', 'arranging', 'storing'];

/** One scan, from the choice of a scanner to the pictures. */
export const AppScan = ({ scan, documentType }: AppScanProps): ReactNode => {
  const snapshot = useSelector(scan, (state) => state);
  const { wanted, list, scanner, sources, progress, pages, parts, code } = snapshot.context;
  const { send } = scan;
  return (
    <ScanScreen
      wanted={wanted}
      documentType={documentType}
      phase={PHASES.find((phase) => snapshot.matches(phase)) ?? 'opening'}
      canScan={scanner !== null}
      progress={progress}
      pages={pages}
      parts={parts}
      code={code}
      scannerChoice={
        <ScannerChoice
          list={list}
          scanner={scanner}
          sources={sources}
          onSearch={() => {
            send({ type: 'SEARCH' });
          }}
          onChoose={(chosen) => {
            send({ type: 'SCANNER.CHOSEN', scanner: chosen });
          }}
          onAskSources={() => {
            send({ type: 'SOURCES.ASKED' });
          }}
          onChooseSource={(source) => {
            send({ type: 'SOURCE.CHOSEN', source });
          }}
        />
      }
      onScan={() => {
        send({ type: 'SCAN' });
      }}
      onCancel={() => {
        send({ type: 'CANCEL' });
      }}
      onAssign={(index, step) => {
        send({ type: 'PART.ASSIGNED', index, step });
      }}
      onMove={(index, quad) => {
        send({ type: 'PART.MOVED', index, quad });
      }}
      onAccept={() => {
        send({ type: 'ACCEPT' });
      }}
      onCamera={() => {
        send({ type: 'CAMERA' });
      }}
      onBack={() => {
        send({ type: 'BACK' });
      }}
    />
  );
};
