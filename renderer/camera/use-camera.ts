/** The camera controller as React sees it: on while it is needed, off as soon as it is not. */
import { useEffect, useSyncExternalStore } from 'react';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { CameraController, CameraSnapshot } from './camera-controller.ts';

/** Keeps the camera on while `isOn`; the wish is read at each start. */
export const useCamera = (
  controller: CameraController,
  isOn: boolean,
  wish: AppStatus['camera'] | undefined,
): CameraSnapshot => {
  const remembered = wish?.remembered ?? null;
  const pinnedLabel = wish?.pinnedLabel ?? null;
  useEffect(() => {
    if (isOn) controller.start({ remembered, pinnedLabel });
    else controller.stop();
  }, [controller, isOn, remembered, pinnedLabel]);
  useEffect(
    () => () => {
      controller.stop();
    },
    [controller],
  );
  return useSyncExternalStore(controller.subscribe, controller.getSnapshot);
};
