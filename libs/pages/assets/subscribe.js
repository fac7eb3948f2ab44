// What makes the pages of subscriptions quicker to use where scripts run: one more line of a list comes at once,
// the register's search suggests what is too much for the page, and what is wrong is read first.

/** Adds a line to a list without sending the form. */
function addLines() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll('button[data-adds-line]');
  for (const button of buttons) {
    const list = document.querySelector(`[data-lines="${button.dataset['addsLine']}"]`);
    button.addEventListener('click', (event) => {
      const last = list?.lastElementChild;
      if (list === null || !(last instanceof HTMLElement)) return;
      event.preventDefault();
      const number = list.children.length + 1;
      const name = button.value;
      const line = /** @type {HTMLElement} */ (last.cloneNode(true));
      line.className = 'line';
      line.querySelector('.error')?.remove();
      const input = line.querySelector('input');
      const output = line.querySelector('output');
      const label = line.querySelector('label');
      if (input === null || output === null || label === null) return;
      const id = `${name}-${number}`;
      input.id = id;
      input.value = '';
      input.removeAttribute('aria-invalid');
      input.setAttribute('aria-describedby', `${id}-recognised`);
      output.id = `${id}-recognised`;
      output.htmlFor.value = id;
      output.textContent = '';
      label.htmlFor = id;
      label.textContent = (label.textContent ?? '').replace(/\d+$/, String(number));
      list.append(line);
      input.focus();
    });
  }
}

/** What a line was taken for is no longer said once something else is typed. */
function forgetRecognised() {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.closest('.line') === null) return;
    const output = document.getElementById(`${target.id}-recognised`);
    if (output !== null) output.textContent = labelled(target);
  });
}

/** The label of the suggestion that was taken, where it says more than what was typed. @param {HTMLInputElement} input */
function labelled(input) {
  for (const option of input.list?.options ?? [])
    if (option.value === input.value)
      return option.label.length > option.value.length ? option.label : '';
  return '';
}

/** Asks the register's search for what begins as is typed, and offers it. */
function suggest() {
  let timer = 0;
  const ask = async (/** @type {HTMLInputElement} */ input) => {
    const q = input.value.trim();
    const list = input.list;
    if (q.length < 2 || list === null) return;
    const asked = new URLSearchParams({
      q,
      kind: input.dataset['suggests'] ?? 'treaty',
      lang: document.documentElement.lang,
    });
    const response = await fetch(`/search/suggestions?${asked}`, {
      headers: { Accept: 'application/json' },
    }).catch(() => null);
    // The field takes words without suggestions as well.
    if (response?.ok !== true || input.value.trim() !== q) return;
    /** @type {{ suggestions: { key: string, title: string }[] }} */
    const { suggestions } = await response.json();
    list.replaceChildren(
      ...suggestions.map(({ key, title }) => {
        const option = document.createElement('option');
        option.value = key;
        option.label = title;
        return option;
      }),
    );
  };
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['suggests'] === undefined) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(target), 250);
  });
}

addLines();
forgetRecognised();
suggest();
const summary = document.querySelector('.summary-of-errors');
if (summary instanceof HTMLElement) summary.focus();
