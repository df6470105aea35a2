// Keys, times and copies. The pages work without it.
(() => {
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

  function tell(time) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) return;
    const seconds = (at - Date.now()) / 1000;
    const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) || units[3];
    time.textContent = relative.format(Math.trunc(seconds / size), unit);
    time.title = exact.format(at) + ' · ' + time.dateTime;
  }
  const times = root => root.querySelectorAll('time[data-ago], time[data-until]').forEach(tell);

  function copies(root) {
    root.querySelectorAll('[data-copy]:not([data-copies])').forEach(source => {
      source.dataset.copies = '';
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy';
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(source.dataset.copy || source.textContent);
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
      source.after(button);
    });
  }

  function dress(root) {
    times(root);
    copies(root);
  }

  const rows = () => [...document.querySelectorAll('[data-row]')].filter(row => row.offsetParent !== null);
  const chosen = () => document.querySelector('[data-row].chosen');

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))];
    chosen()?.classList.remove('chosen');
    next.classList.add('chosen');
    next.scrollIntoView({ block: 'nearest' });
    (next.querySelector('a[data-open], a[href]') || next).focus({ preventScroll: true });
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog[open]')) return;
    const key = event.key;
    const named = (chosen() || document).querySelector(`[data-key="${CSS.escape(key)}"]`) || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (key === 'j') move(1);
    else if (key === 'k') move(-1);
    else if (key === '?') document.getElementById('keys')?.showModal();
    else if (named) named.matches('input, textarea, select') ? named.focus() : named.click();
    else return;
    event.preventDefault();
  });

  // a second click on what is under way is not a second wish; a page that is gone back to can be sent again
  document.addEventListener('submit', event => {
    if (event.target.dataset.sent) event.preventDefault();
    else {
      event.target.dataset.sent = 'true';
      keep(event.target);
    }
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));

  // a session may end while somebody types: the login leads back to the form, and what was typed is put back, not sent
  const typed = form => [...form.elements].filter(one => one.name && !/^(hidden|password|file|submit|button)$/.test(one.type));
  function keep(form) {
    if (form.method !== 'post') return;
    const fields = typed(form).map(one => [one.name, one.type, one.value, one.checked]);
    try { sessionStorage.setItem('unsent', JSON.stringify({ action: form.action, fields })); } catch { /* a browser that keeps nothing */ }
  }
  function putBack() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem('unsent'));
      sessionStorage.removeItem('unsent');
    } catch { /* a browser that keeps nothing */ }
    if (!kept || !document.referrer || new URL(document.referrer).pathname !== '/login') return;
    const form = [...document.forms].find(one => one.action === kept.action);
    if (!form) return;
    kept.fields.forEach(([name, type, value, checked]) => typed(form).filter(one => one.name === name && one.type === type)
      .forEach(one => /^(checkbox|radio)$/.test(type) ? (one.value === value && (one.checked = checked)) : (one.value = value)));
    const said = document.createElement('p');
    said.className = 'notice';
    said.setAttribute('role', 'status');
    said.textContent = 'You had to enter again, and nothing was sent. What you had typed stands here again: look at it and send it.';
    form.before(said);
  }

  dress(document);
  putBack();
  setInterval(() => times(document), 10000);
  document.body.addEventListener('htmx:afterSwap', event => dress(event.target));
})();
