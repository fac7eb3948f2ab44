// What makes pages quicker to use where scripts run. Every page works without it.
document.documentElement.classList.add('scripted');

/** @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {FormData} data @param {string} name */
const textOf = (data, name) => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};

/** Narrows a table while one types or chooses: `data-filters` names it, each control a test on its rows. */
function filterTables() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll('form[data-filters]');
  for (const form of forms) {
    const table = document.getElementById(form.dataset['filters'] ?? '');
    if (table === null) continue;
    const rows = [...table.querySelectorAll('tbody tr')].map((row) => ({
      row: /** @type {HTMLElement} */ (row),
      text: plain(row.querySelector('th')?.textContent ?? row.textContent ?? ''),
    }));
    const told = form.querySelector('[data-told]');
    const apply = () => {
      const data = new FormData(form);
      const words = plain(textOf(data, 'name')).split(/\s+/);
      const status = textOf(data, 'status');
      let shown = 0;
      for (const { row, text } of rows) {
        const right =
          words.every((word) => text.includes(word)) &&
          (status === '' || row.querySelector(`.mark.${CSS.escape(status)}`) !== null);
        row.hidden = !right;
        if (right) shown += 1;
      }
      if (told !== null) told.textContent = `${shown} / ${rows.length}`;
    };
    form.addEventListener('input', apply);
  }
}

/** Copies what stands in the element named by `data-copies`, and says so. */
function copyButtons() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll('button[data-copies]');
  for (const button of buttons) {
    const before = button.textContent;
    button.addEventListener('click', () => {
      const text = document.getElementById(button.dataset['copies'] ?? '')?.textContent ?? '';
      void navigator.clipboard.writeText(text).then(() => {
        button.textContent = button.dataset['copied'] ?? before;
        setTimeout(() => (button.textContent = before), 2000);
      });
    });
  }
}

/** A slider over dates: its steps are days since `data-from`; what it points at is told and put in the form. */
function dateSliders() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const sliders = document.querySelectorAll('input[type=range][data-from]');
  for (const slider of sliders) {
    const form = slider.form;
    const first = Date.parse(`${slider.dataset['from']}T00:00:00Z`);
    if (form === null || Number.isNaN(first)) continue;
    const language = document.documentElement.lang;
    const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      dateStyle: 'long',
      timeZone: 'UTC',
    });
    const told = form.querySelector('output');
    slider.addEventListener('input', () => {
      const date = new Date(first + Number(slider.value) * 86_400_000);
      const set = (/** @type {string} */ part, /** @type {number} */ value) => {
        const control = form.elements.namedItem(`asOf-${part}`);
        if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
          control.value = String(value);
      };
      set('day', date.getUTCDate());
      set('month', date.getUTCMonth() + 1);
      set('year', date.getUTCFullYear());
      const text = format.format(date);
      if (told !== null) told.textContent = text;
      slider.setAttribute('aria-valuetext', text);
    });
  }
}

filterTables();
copyButtons();
dateSliders();
