// Light and dark: the colours are CSS custom properties, read here for the charts that cannot use them directly.

export interface Colours {
  ink: string;
  soft: string;
  rule: string;
  paper: string;
  surface: string;
  better: string;
  worse: string;
  unclear: string;
  accent: string;
  reference: string;
  sans: string;  // the family of the page's text
}

const names: (keyof Colours)[] =
  ['ink', 'soft', 'rule', 'paper', 'surface', 'better', 'worse', 'unclear', 'accent', 'reference', 'sans'];

/** The colours in force. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as unknown as Colours;
}

type Mode = 'light' | 'dark';

const listeners: (() => void)[] = [];
const storage_key = 'berylia-theme';

export function current_mode(): Mode {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

export function on_theme(listener: () => void): void {
  listeners.push(listener);
}

function show(mode: Mode): void {
  if (mode === current_mode()) return;
  document.documentElement.dataset.theme = mode;
  for (const listener of listeners) listener();
}

function stored(): Mode | null {
  try {
    const mode = localStorage.getItem(storage_key);
    return mode === 'light' || mode === 'dark' ? mode : null;
  } catch {
    return null;
  }
}

/** Changes to the other mode and remembers it. */
export function toggle_theme(): void {
  const mode = current_mode() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(storage_key, mode);
  } catch {
    // Without storage the choice holds for this visit.
  }
  show(mode);
}

/** Follows the system until the reader chooses; paper is always light. */
export function watch_theme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', () => {
    if (!stored()) show(system.matches ? 'dark' : 'light');
  });
  let before: Mode = current_mode();
  addEventListener('beforeprint', () => {
    before = current_mode();
    show('light');
  });
  addEventListener('afterprint', () => show(before));
}
