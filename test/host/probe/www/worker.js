/* Fetches from inside a worker: one file of the app, and one that is nobody's. */
const status = (url) =>
  fetch(url).then(
    (response) => response.status,
    () => 'refused',
  );
void Promise.all([status('/index.html'), status('https://elsewhere.invalid/')]).then((statuses) =>
  postMessage(statuses),
);
