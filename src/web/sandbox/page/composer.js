import { keepEnd } from './lines.js';

const find = (id) => document.getElementById(id);

const MOST_BYTES = 2 * 1024 * 1024;

/** Where one types. `send` is given the words, what they quote, and the picture or file that goes with them. */
export function createComposer({ send, failed }) {
  const words = find('words');
  /** @type {string | null} */
  let quote = null;
  let mention = '';
  /** @type {{ kind: 'picture' | 'file', name: string, base64: string } | null} */
  let file = null;

  /** What was typed, not counting the mention that stands there from the start. */
  const draft = () => words.value.trim().replace(/^@\S*$/, '');

  function setQuote(text) {
    quote = text;
    keepEnd(() => {
      find('quote').hidden = text === null;
      find('quote-text').textContent = text ?? '';
    });
  }

  function setFile(chosen) {
    file = chosen;
    keepEnd(() => {
      find('file-bar').hidden = chosen === null;
      find('file-name').textContent = chosen?.name ?? '';
    });
    find('file').value = '';
  }

  async function choose(chosen) {
    if (chosen.size > MOST_BYTES) throw new Error('图片和文件不超过2MB');
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8192) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    const kind = /^image\/(?:png|jpeg|gif|webp)$/.test(chosen.type) ? 'picture' : 'file';
    setFile({ kind, name: chosen.name, base64: btoa(binary) });
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
    if (!draft() && file === null) return;
    send({ text: words.value.trim(), quote, file });
    setQuote(null);
    setFile(null);
    write(mention);
  });
  words.addEventListener('input', grow);
  words.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter picks a character.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    find('composer').requestSubmit();
  });
  find('attach').addEventListener('click', () => find('file').click());
  find('file').addEventListener('change', ({ target: { files } }) => {
    if (files[0]) choose(files[0]).catch(failed);
  });
  find('file-drop').addEventListener('click', () => {
    setFile(null);
    words.focus();
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
      setFile(null);
      if (!draft()) write(mention);
    },
  };
}
