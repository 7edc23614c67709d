/** Starts the page. */
import { createRoot } from 'react-dom/client';
import { KioskRoot } from './app.tsx';
import { exposedKiosk } from './kiosk-api.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(<KioskRoot kiosk={exposedKiosk()} />);
