// What makes the desk quicker and safer where scripts run: drafts saved while one types, a question before
// unsaved words are left, dates said back with their weekday, participants recognised, rows that grow.
// Every form works without it, by its Save button.

const said = document.getElementById('desk-words')?.dataset ?? {};
const language = document.documentElement.lang === 'fr' ? 'fr' : 'en-GB';

/** @param {HTMLFormElement} form */
const snapshot = (form) => {
  const data = new FormData(form);
  // The version changes with every saving and is nobody's words.
  data.delete('version');
  return new URLSearchParams(
    [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ).toString();
};

/** Asks before a page with unsaved words is left. @type {Map<HTMLFormElement, string>} */
const kept = new Map();
function guardForms() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll('form[data-guard]');
  let leaving = false;
  for (const form of forms) {
    // A form that came back with faults holds what nobody saved.
    kept.set(form, form.dataset['guard'] === 'unsaved' ? '' : snapshot(form));
    form.addEventListener('submit', () => (leaving = true));
  }
  addEventListener('beforeunload', (event) => {
    if (!leaving && [...kept].some(([form, text]) => snapshot(form) !== text))
      event.preventDefault();
  });
}

/** Saves a draft a moment after the last key; the version it answers goes into the form. */
function autosave() {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector('form[data-autosave]');
  const status = document.querySelector('[data-save-status]');
  if (form === null || status === null) return;
  const tell = (/** @type {string | undefined} */ text) => (status.textContent = text ?? '');
  let timer = 0;
  /** @type {Promise<void> | null} */
  let running = null;
  let stopped = false;
  const save = () => {
    if (running === null && !stopped) running = send();
  };
  const send = async () => {
    const sent = snapshot(form);
    try {
      const data = new FormData(form);
      const body = new URLSearchParams(
        [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      );
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body,
      });
      if (response.ok) {
        const { version, at } = await response.json();
        const field = form.elements.namedItem('version');
        if (field instanceof HTMLInputElement) field.value = String(version);
        kept.set(form, sent);
        tell(`${said['saved']} ${at}`);
      } else {
        // Somebody else was first: the button shows both. Without a session it could only lose the words.
        stopped = true;
        const isOver = response.status === 401 || response.status === 403;
        tell(response.status === 409 ? said['moved'] : isOver ? said['over'] : said['unsaved']);
      }
    } catch {
      tell(said['unsaved']);
    } finally {
      running = null;
      if (!stopped && snapshot(form) !== sent) later();
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, 1200);
  };
  form.addEventListener('input', () => {
    if (!stopped) tell('');
    later();
  });
  form.addEventListener('submit', (event) => {
    stopped = true;
    clearTimeout(timer);
    if (running === null) return;
    // The version that is on its way back belongs into the form first, or this would look like somebody else's.
    event.preventDefault();
    void running.then(() => form.requestSubmit(event.submitter));
  });
}

/** Says a typed date back with its weekday. */
function sayDates() {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const parts = target.closest('.date-parts');
    const output = parts?.querySelector('output[data-date]');
    if (parts === null || !(output instanceof HTMLOutputElement)) return;
    const part = (/** @type {string} */ which) => {
      const control = parts.querySelector(`[name="${output.dataset['date']}-${which}"]`);
      return control instanceof HTMLInputElement || control instanceof HTMLSelectElement
        ? control.value.trim()
        : '';
    };
    const [day, month, year] = [part('day'), part('month'), part('year')];
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const date = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
    const exists = date !== null && !Number.isNaN(date.getTime()) && date.getUTCDate() === +day;
    output.textContent = exists ? format.format(date) : '';
  });
}

/** Asks the register whom or what a typed name or code means, and says it below. */
function recognise() {
  let timer = 0;
  const ask = async (/** @type {HTMLInputElement} */ input) => {
    const output = document.getElementById(`${input.id}-recognised`);
    if (output === null) return;
    const text = input.value.trim();
    if (text === '') {
      output.textContent = '';
      return;
    }
    const asked = new URLSearchParams({
      [input.dataset['asks'] ?? 'participant']: text,
      lang: document.documentElement.lang,
    });
    const response = await fetch(`/depositary/desk/recognised?${asked}`, {
      headers: { Accept: 'application/json' },
    }).catch(() => null);
    // Another key came meanwhile, or the register is away: the server says it after saving.
    if (response?.ok !== true || input.value.trim() !== text) return;
    const { recognised } = await response.json();
    output.classList.toggle('unknown', recognised === null);
    output.textContent = recognised ?? said['unknown'] ?? '';
  };
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['asks'] === undefined) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(target), 250);
  });
}

/** Rows of signatures: Enter goes to the next row, and there is always an empty one. */
function growRows() {
  const body = document.querySelector('tbody[data-grows]');
  const template = document.querySelector('template[data-row]');
  if (!(body instanceof HTMLElement) || !(template instanceof HTMLTemplateElement)) return;
  const most = Number(body.dataset['grows']);
  const count = document.querySelector('input[name=acts]');
  const add = () => {
    const index = body.querySelectorAll('tr').length;
    if (index >= most) return;
    const holder = document.createElement('tbody');
    holder.append(template.content.cloneNode(true));
    for (const element of holder.querySelectorAll('*'))
      for (const attribute of element.attributes)
        attribute.value = attribute.value.replaceAll('ROW', String(index));
    const number = holder.querySelector('.n');
    if (number !== null) number.textContent = String(index + 1);
    body.append(...holder.children);
    if (count instanceof HTMLInputElement) count.value = String(index + 1);
  };
  body.addEventListener('input', ({ target }) => {
    const row = target instanceof HTMLElement ? target.closest('tr') : null;
    if (row !== null && row === body.lastElementChild) add();
  });
  body.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const row = target.closest('tr');
    if (row === body.lastElementChild) add();
    const next = row?.nextElementSibling?.querySelector('input:not([type=hidden])');
    if (next instanceof HTMLInputElement) next.focus();
  });
}

guardForms();
autosave();
sayDates();
recognise();
growRows();
// What is wrong is read first.
const summary = document.querySelector('.summary-of-errors');
if (summary instanceof HTMLElement) summary.focus();
