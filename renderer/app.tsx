/**
 * The page: flow, camera and screens together, with what stands around every screen. Nothing is
 * decided here: the flow says where a customer stands. Must never touch window.kiosk.
 */
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { KioskApi } from '../preload/contract/kiosk-api.ts';
import { AppBoundary } from './app-boundary.tsx';
import { AppCapture } from './app-capture.tsx';
import { startRun, type KioskRun } from './app-run.ts';
import { AppScreen } from './app-screen.tsx';
import { usePersonSignals } from './app-signals.ts';
import { wearColours } from './brand.ts';
import { useCamera } from './camera/use-camera.ts';
import { AidsBar } from './components/aids-bar.tsx';
import { IdleDialog } from './components/idle-dialog.tsx';
import { ShortcutsShown } from './components/key-hint.tsx';
import { KioskFrame } from './components/kiosk-frame.tsx';
import { StartOverDialog } from './components/start-over-dialog.tsx';
import { FirstScene } from './first-scene.tsx';
import { journeyProgress, type JourneyStop } from './flow/journey-progress.ts';
import {
  endingOf,
  isStaffed,
  shownEnvironment,
  shownLanguage,
  shownOutbox,
  shownReference,
} from './flow/session-context.ts';
import type { SessionActor, SessionSnapshot } from './flow/session-machine.ts';
import { I18nProvider } from './i18n/i18n.tsx';
import { OnScreenKeyboard } from './keyboard/on-screen-keyboard.tsx';
import { useShortcuts } from './shortcuts/use-shortcuts.ts';
import { SpeechProvider } from './speech/spoken.tsx';
import { useWedge } from './wedge/use-wedge.ts';

const STOPS: readonly JourneyStop[] = ['consent', 'token', 'document', 'scan', 'capture', 'review'];

const stopOf = (snapshot: SessionSnapshot): JourneyStop | undefined =>
  STOPS.find((stop) => snapshot.matches({ customer: stop }));

/** Whether a customer is served; what is typed before belongs to nobody yet. */
const isServing = (snapshot: SessionSnapshot): boolean =>
  (['customer', 'submitting', 'delivering', 'receipt'] as const).some((state) =>
    snapshot.matches(state),
  );

/** The question in front of the screen, if there is one; silence comes before starting over. */
const AppDialog = ({
  actor,
  snapshot,
}: {
  readonly actor: SessionActor;
  readonly snapshot: SessionSnapshot;
}): ReactNode => {
  const { secondsLeft, isStartOverAsked } = snapshot.context;
  const ending = endingOf(snapshot.context);
  const end = (): void => {
    actor.send({ type: 'END' });
  };
  const isInRoom = snapshot.matches('operator');
  const isWatched = isInRoom || snapshot.matches('customer') || snapshot.matches('delivering');
  if (isWatched && secondsLeft !== null) {
    return (
      <IdleDialog
        ending={isInRoom ? 'leaves-room' : ending}
        secondsLeft={secondsLeft}
        onContinue={() => {
          actor.send({ type: 'CONTINUE' });
        }}
        onEnd={end}
      />
    );
  }
  if (!isStartOverAsked) return null;
  return (
    <StartOverDialog
      isKept={ending === 'keeps-refused'}
      onConfirm={end}
      onCancel={() => {
        actor.send({ type: 'START_OVER.CANCELLED' });
      }}
    />
  );
};

/** Tells the flow what a reader typed; it takes what the present screen asks for, and nothing else. */
const tellWedgeText = async (actor: SessionActor, lines: readonly string[]): Promise<void> => {
  const { readWedgeText } = await import('./wedge/wedge-text.ts');
  const reading = readWedgeText(lines);
  if (reading === null) return;
  if (reading.kind === 'code') {
    const { token, reference } = reading;
    if (token !== null) actor.send({ type: 'TOKEN.GIVEN', token });
    if (reference !== null) actor.send({ type: 'REFERENCE.READ', text: reference });
    return;
  }
  const { country, documentType } = reading.facts;
  if (country !== null && documentType !== null)
    actor.send({ type: 'DOCUMENT.CHOSEN', country, documentType });
};

const App = ({ run }: { readonly run: KioskRun }): ReactNode => {
  const { actor, shown, camera, watch, speaker, attach } = run;
  const snapshot = useSyncExternalStore(shown.subscribe, shown.getSnapshot);
  const { context } = snapshot;
  const isCapturing = snapshot.matches({ customer: 'capture' });
  const cameraState = useCamera(camera, isCapturing, context.status?.camera);
  const signals = useMemo(
    () => ({
      onActivity: () => {
        actor.send({ type: 'ACTIVITY' });
      },
      onOperator: () => {
        actor.send({ type: 'OPERATOR' });
      },
    }),
    [actor],
  );
  usePersonSignals(signals);
  const language = shownLanguage(context);
  const hasVoice = useSyncExternalStore(speaker.subscribe, () => speaker.hasVoice(language));
  const onWedgeText = useCallback(
    (lines: readonly string[]) => void tellWedgeText(actor, lines),
    [actor],
  );
  useShortcuts(isStaffed(context));
  useWedge(onWedgeText, !snapshot.matches('operator') && !snapshot.matches('locked'));

  const brand = context.status?.brand ?? null;
  useLayoutEffect(() => {
    // Before the first paint of these screens, so that none is seen in other colours.
    if (brand !== null) wearColours(document.documentElement.style, brand.colours);
  }, [brand]);

  // No word is shown before the first answer of main: its language is not known. A page whose
  // customer has gone looks like the one that takes its place.
  const isFirst = context.status === null && snapshot.matches('starting');
  if (isFirst || snapshot.matches('ending')) return <FirstScene />;
  const stop = stopOf(snapshot);
  return (
    <I18nProvider language={language}>
      <SpeechProvider speaker={speaker} isOn={context.aids.isSpoken}>
        <ShortcutsShown value={isStaffed(context)}>
          <KioskFrame
            environment={shownEnvironment(context)}
            brand={brand}
            outbox={snapshot.matches('attract') ? null : shownOutbox(context)}
            reference={isServing(snapshot) ? shownReference(context) : null}
            progress={stop === undefined ? null : journeyProgress(stop, context)}
            onStartOver={
              stop === undefined || stop === 'consent'
                ? null
                : () => {
                    actor.send({ type: 'START_OVER.ASKED' });
                  }
            }
            onOperatorGesture={signals.onOperator}
            aids={
              <AidsBar
                aids={context.aids}
                isMenu={context.status?.mode !== 'self-service'}
                hasVoice={hasVoice}
                onChoose={(aids) => {
                  actor.send({ type: 'AIDS.CHOSEN', aids });
                }}
              />
            }
          >
            {isCapturing ? (
              <AppCapture
                actor={actor}
                snapshot={snapshot}
                camera={camera}
                watch={watch}
                attach={attach}
                cameraState={cameraState}
              />
            ) : (
              <AppScreen actor={actor} snapshot={snapshot} />
            )}
          </KioskFrame>
        </ShortcutsShown>
        <AppDialog actor={actor} snapshot={snapshot} />
        <OnScreenKeyboard choice={context.status?.onScreenKeyboard ?? 'auto'} />
      </SpeechProvider>
    </I18nProvider>
  );
};

/** The whole renderer. A screen that breaks ends the session and starts everything anew. */
export const KioskRoot = ({ kiosk }: { readonly kiosk: KioskApi }): ReactNode => {
  const [{ run, number }, setCurrent] = useState(() => ({ run: startRun(kiosk), number: 1 }));
  const startAnew = async (): Promise<void> => {
    run.stop();
    // Whatever main answers: the new run asks it where the customer stands.
    await kiosk.session.endSession();
    setCurrent({ run: startRun(kiosk), number: number + 1 });
  };
  const describe = () => {
    const { context } = run.actor.getSnapshot();
    return { language: shownLanguage(context), environment: shownEnvironment(context) };
  };
  return (
    <AppBoundary key={number} describe={describe} onEnd={() => void startAnew()}>
      <App run={run} />
    </AppBoundary>
  );
};
