/**
 * What stands in index.html before any script has run, and until main has answered: the ground and
 * the drawing of the attract screen. Must hold no word: neither language nor bank is known yet.
 */
import type { ReactNode } from 'react';
import { InvitationArt } from './components/invitation-art.tsx';

/** The attract screen in its frame without bank, words and training band; the drawing moves a little when they come. */
export const FirstScene = (): ReactNode => (
  <div className="frame">
    <header className="frame-header" />
    <main className="frame-main">
      <section className="attract">
        <div className="attract-picture">
          <InvitationArt />
        </div>
      </section>
    </main>
  </div>
);
