// Loads the page anew when the office has changed. The page works without it.
// Only a page that somebody looks at listens: a browser has few connections.
(() => {
  const version = document.currentScript.dataset.version;
  let source = null;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/_editorial/events");
      source.onmessage = (event) => {
        if (event.data !== version) {
          source.close();
          location.reload();
        }
      };
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
