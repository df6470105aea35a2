// One stream per page tells that something changed; the part of the page that shows it is fetched again. Times are shown in the reader's zone.
(() => {
  'use strict';
  const REST = 2000;
  const SLOW = 20000;
  const clock = at => at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const clocks = root => root.querySelectorAll('time[data-clock]').forEach(time => {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) {
      time.textContent = clock(at);
      time.title = at.toLocaleString();
    }
  });
  document.addEventListener('DOMContentLoaded', () => clocks(document));

  document.addEventListener('DOMContentLoaded', () => {
    const live = document.querySelector('[data-live]');
    if (!live) {
      return;
    }
    const cut = document.getElementById('cut');
    let last = 0;
    let waiting = null;
    let pulse = live.dataset.pulse || null;

    // what a person is typing in, or has opened, stays
    const busy = () => live.contains(document.activeElement) && document.activeElement.matches('input, textarea, select');
    const opened = () => [...live.querySelectorAll('details')].map(details => details.open);

    const show = async () => {
      waiting = null;
      if (busy() || document.hidden) {
        waiting = setTimeout(show, REST);
        return;
      }
      last = Date.now();
      try {
        const answer = await fetch(live.dataset.part, { headers: { 'HX-Request': 'true' }, redirect: 'manual' });
        if (answer.type === 'opaqueredirect' || answer.status === 401) {
          location.reload();
          return;
        }
        if (answer.ok) {
          const open = opened();
          const focused = live.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
          live.innerHTML = await answer.text();
          live.querySelectorAll('details').forEach((details, i) => { details.open = open[i] || false; });
          if (focused) {
            [...live.querySelectorAll('a')].find(link => link.getAttribute('href') === focused)?.focus();
          }
          clocks(live);
          live.dispatchEvent(new CustomEvent('htmx:afterSwap', { bubbles: true }));
        }
      } catch (e) {
        // the stream says when we are cut off
      }
    };

    // forecasts and ages change by themselves
    setInterval(() => { waiting = waiting || (Date.now() - last > SLOW ? setTimeout(show, 0) : null); }, SLOW);

    const stream = new EventSource(live.dataset.live);
    stream.onopen = () => { cut.hidden = true; };
    stream.onmessage = event => {
      cut.hidden = true;
      if (event.data !== pulse) {
        pulse = event.data;
        waiting = waiting || setTimeout(show, Math.max(0, last + REST - Date.now()));
      }
    };
    stream.onerror = () => {
      if (cut.hidden) {
        document.getElementById('cut-at').textContent = clock(new Date());
        cut.hidden = false;
      }
    };
    addEventListener('pagehide', () => stream.close());
  });
})();
