import { keepEnd } from './lines.js';

const find = (id) => document.getElementById(id);

/** Where one types. `send` is given the words and what they quote. */
export function createComposer({ send }) {
  const words = find('words');
  /** @type {string | null} */
  let quote = null;
  let mention = '';

  /** What was typed, not counting the mention that stands there from the start. */
  const draft = () => words.value.trim().replace(/^@\S*$/, '');

  function setQuote(text) {
    quote = text;
    keepEnd(() => {
      find('quote').hidden = text === null;
      find('quote-text').textContent = text ?? '';
    });
  }

  function write(text) {
    words.value = text;
    grow();
  }

  function grow() {
    keepEnd(() => {
      words.style.height = 'auto';
      words.style.height = `${Math.min(words.scrollHeight + 2, 160)}px`;
    });
  }

  find('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    words.focus();
    if (!draft()) return;
    send({ text: words.value.trim(), quote });
    setQuote(null);
    write(mention);
  });
  words.addEventListener('input', grow);
  words.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter picks a character.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    find('composer').requestSubmit();
  });
  find('quote-drop').addEventListener('click', () => {
    setQuote(null);
    words.focus();
  });

  return {
    quote(line) {
      setQuote(line.text);
      words.focus();
    },
    type(text) {
      write(text);
      words.focus();
    },
    /** Another chat: its mention, unless something has been typed already. */
    turn({ starts, hint }) {
      mention = starts;
      words.placeholder = hint;
      setQuote(null);
      if (!draft()) write(mention);
    },
  };
}
