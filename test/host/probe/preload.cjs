/** Exposes one value of each kind that contextBridge carries. */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('probe', {
  versions: { ...process.versions },
  list: [1, { deep: true }],
  add: (a, b) => a + b,
  echo: (value) => ipcRenderer.invoke('echo', value),
  size: (bytes) => ipcRenderer.invoke('size', bytes),
  echoLocally: (value) => value,
  fail: () => ipcRenderer.invoke('fail'),
  failLocally: () => {
    throw new RangeError('refused here');
  },
  missing: () => ipcRenderer.invoke('missing'),
  callBack: async (callback) => (await callback('ping')) + '!',
  note: (text) => ipcRenderer.send('note', text),
  onNoted: (listener) => {
    const forward = (_event, text) => listener(text);
    ipcRenderer.on('noted', forward);
    return () => ipcRenderer.off('noted', forward);
  },
  useNotEmulated: () => ipcRenderer.sendSync('echo'),
});
