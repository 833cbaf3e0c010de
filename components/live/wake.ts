/**
 * Tells when trying a connection again is likely to help: the network is back, the tab is looked at again, or
 * the page was taken out of the back-forward cache. Timers of sleeping tabs run late, so retries wait for this too.
 *
 * @returns the unsubscriber
 */
export function onWake(wake: () => void): () => void {
  const onVisible = () => document.visibilityState === 'visible' && wake();
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
