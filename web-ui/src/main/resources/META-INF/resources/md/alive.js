// Asks the server every few seconds whether it is there. The push connection notices a vanished
// server only when something is clicked; a reader who just looks would read old figures.
(() => {
  const banner = document.createElement('div');
  banner.className = 'md-gone';
  banner.setAttribute('role', 'alert');
  banner.textContent = 'The platform does not answer: what you see may be old. Trying again…';
  const address = new URL('alive', document.baseURI);
  let run = null;

  const look = async () => {
    try {
      const answer = await fetch(address, {cache: 'no-store', signal: AbortSignal.timeout(5000)});
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.text();
      run ??= now;
      // Another run knows nothing of this page's session: the same address is opened anew.
      if (now !== run) return location.reload();
      banner.remove();
    } catch {
      document.body.append(banner);
    }
    setTimeout(look, banner.isConnected ? 1000 : 3000);
  };
  look();
})();
