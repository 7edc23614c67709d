/** The live picture. Silent, inline, and a mirror only where a person looks at themselves. */
import type { ReactNode } from 'react';

interface LiveVideoProps {
  /** Gets the element while it is there; must be the same function from render to render. */
  readonly attach: (video: HTMLVideoElement | null) => void;
  /** Mirrors what is shown; the still is never mirrored. */
  readonly isMirrored: boolean;
}

export const LiveVideo = ({ attach, isMirrored }: LiveVideoProps): ReactNode => (
  <video
    ref={attach}
    className="live-video"
    data-mirrored={isMirrored}
    style={isMirrored ? { transform: 'scaleX(-1)' } : {}}
    muted
    playsInline
    autoPlay
    disablePictureInPicture
    aria-hidden="true"
    tabIndex={-1}
  />
);
