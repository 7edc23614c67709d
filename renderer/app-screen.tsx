/** Which screen belongs to which state of the flow, and what its buttons tell the flow. */
import type { ReactNode } from 'react';
import { COUNTRY_CODES } from '../preload/contract/countries.ts';
import { AppOperator } from './app-operator.tsx';
import { AppScan } from './app-scan.tsx';
import { DoubtNotice } from './components/doubt-notice.tsx';
import { choiceOf, proposedChoice } from './flow/document-doubt.ts';
import { missingSteps } from './flow/steps.ts';
import {
  isStaffed,
  offeredActions,
  refusalOf,
  shownEnvironment,
  shownLanguage,
} from './flow/session-context.ts';
import type { SessionActor, SessionSnapshot } from './flow/session-machine.ts';
import { AttractScreen } from './screens/attract-screen.tsx';
import { ConsentScreen } from './screens/consent-screen.tsx';
import { DeliveringScreen } from './screens/delivering-screen.tsx';
import { DeskScreen } from './screens/desk-screen.tsx';
import { DocumentScreen } from './screens/document-screen.tsx';
import { FailureScreen } from './screens/failure-screen.tsx';
import { LockedScreen } from './screens/locked-screen.tsx';
import { OutOfServiceScreen } from './screens/out-of-service-screen.tsx';
import { ReceiptScreen } from './screens/receipt-screen.tsx';
import { ReviewScreen } from './screens/review-screen.tsx';
import { SubmittingScreen } from './screens/submitting-screen.tsx';
import { TokenScreen } from './screens/token-screen.tsx';

interface AppScreenProps {
  readonly actor: SessionActor;
  readonly snapshot: SessionSnapshot;
}

/** A customer's screens but for the capture; null while main is asked. */
const CustomerScreen = ({ actor, snapshot }: AppScreenProps): ReactNode => {
  const { context } = snapshot;
  const { status, view } = context;
  if (status === null) return null;
  const end = (): void => {
    actor.send({ type: 'END' });
  };
  const back = (): void => {
    actor.send({ type: 'BACK' });
  };

  // The consent stands while its session is begun; a token's screen is left at once, with the token.
  const isBeginning = status.tokenSource === 'mint' && snapshot.matches({ customer: 'opening' });
  if (snapshot.matches({ customer: 'consent' }) || isBeginning) {
    return (
      <ConsentScreen
        text={status.consent.text[shownLanguage(context)] ?? null}
        onAccept={() => {
          actor.send({ type: 'ACCEPT' });
        }}
        onDecline={end}
      />
    );
  }
  if (snapshot.matches({ customer: 'token' })) {
    return (
      <TokenScreen
        onSubmit={(token) => {
          actor.send({ type: 'TOKEN.GIVEN', token });
        }}
        onCancel={back}
      />
    );
  }
  if (snapshot.matches({ customer: 'document' })) {
    const { types } = status.documents;
    const countries = status.documents.countries ?? COUNTRY_CODES;
    return (
      <DocumentScreen
        countries={countries}
        types={types}
        chosen={proposedChoice(choiceOf(view), context.doubt, countries, types)}
        isBusy={snapshot.matches({ customer: { document: 'storing' } })}
        error={context.error}
        onChoose={(chosen) => {
          actor.send({ type: 'DOCUMENT.CHOSEN', ...chosen });
        }}
        onBack={back}
      />
    );
  }
  const { scan } = snapshot.children;
  if (snapshot.matches({ customer: 'scan' }) && scan !== undefined) {
    return <AppScan scan={scan} documentType={view?.documentType ?? 'OTHER'} />;
  }
  if (snapshot.matches({ customer: { review: 'ready' } })) {
    return (
      <ReviewScreen
        pictures={context.pictures}
        outlines={context.outlines}
        qualities={isStaffed(context) ? context.qualities : {}}
        missing={missingSteps(view)}
        notice={
          context.doubt && (
            <DoubtNotice
              doubt={context.doubt}
              onChange={() => {
                actor.send({ type: 'CHANGE_DOCUMENT' });
              }}
            />
          )
        }
        onRetake={(step) => {
          actor.send({ type: 'RETAKE', step });
        }}
        onSubmit={() => {
          actor.send({ type: 'SUBMIT' });
        }}
        onBack={back}
      />
    );
  }
  if (snapshot.matches({ customer: 'failure' }) && context.failure !== null) {
    return (
      <FailureScreen
        code={context.failure.code}
        actions={offeredActions(context)}
        isKept={refusalOf(context) !== null}
        onAction={(action) => {
          actor.send({ type: 'FAILURE.ANSWERED', action });
        }}
      />
    );
  }
  return null;
};

/** Every screen but the capture. */
export const AppScreen = ({ actor, snapshot }: AppScreenProps): ReactNode => {
  const { context } = snapshot;
  const { status } = context;
  const callOperator = (): void => {
    actor.send({ type: 'OPERATOR' });
  };

  if (snapshot.matches('attract') && status !== null && isStaffed(context)) {
    return (
      <DeskScreen
        rule={status.customerReference}
        reference={context.typedReference}
        outbox={status.outbox}
        languages={status.languages.offered}
        language={shownLanguage(context)}
        onReference={(text) => {
          actor.send({ type: 'REFERENCE.TYPED', text });
        }}
        onLanguage={(language) => {
          actor.send({ type: 'LANGUAGE.CHOSEN', language });
        }}
        onStart={() => {
          actor.send({ type: 'START' });
        }}
        onOutbox={() => {
          actor.send({ type: 'OPERATOR', isForOutbox: true });
        }}
      />
    );
  }
  if (snapshot.matches('attract') && status !== null) {
    return (
      <AttractScreen
        bankName={status.brand.name}
        languages={status.languages.offered}
        language={shownLanguage(context)}
        onLanguage={(language) => {
          actor.send({ type: 'LANGUAGE.CHOSEN', language });
        }}
        onStart={() => {
          actor.send({ type: 'START' });
        }}
      />
    );
  }
  if (snapshot.matches('submitting')) return <SubmittingScreen />;
  if (snapshot.matches('delivering') && context.view?.receipt) {
    return (
      <DeliveringScreen
        receipt={context.view.receipt}
        progress={context.progress}
        isStaffed={isStaffed(context)}
        onDone={() => {
          actor.send({ type: 'END' });
        }}
      />
    );
  }
  if (snapshot.matches('receipt') && context.view?.receipt) {
    return (
      <ReceiptScreen
        receipt={context.view.receipt}
        environment={shownEnvironment(context)}
        secondsLeft={context.secondsLeft ?? 0}
        isStaffed={isStaffed(context)}
        onDone={() => {
          actor.send({ type: 'END' });
        }}
      />
    );
  }
  if (snapshot.matches('outOfService')) {
    const own = status?.service.state === 'out-of-service' ? status.service.code : null;
    return (
      <OutOfServiceScreen
        code={context.fault ?? own ?? 'INTERNAL_FAULT'}
        onRetry={() => {
          actor.send({ type: 'RETRY' });
        }}
        onOperator={callOperator}
      />
    );
  }
  if (snapshot.matches('locked')) {
    return (
      <LockedScreen
        error={context.error}
        isBusy={snapshot.matches({ locked: 'unlocking' })}
        onUnlock={(passphrase) => {
          actor.send({ type: 'UNLOCK', passphrase });
        }}
        onOperator={callOperator}
      />
    );
  }
  if (snapshot.matches('operator')) {
    const { operator } = snapshot.children;
    return operator === undefined ? null : (
      <AppOperator operator={operator} status={status} isForOutbox={context.isForOutbox} />
    );
  }
  return <CustomerScreen actor={actor} snapshot={snapshot} />;
};
