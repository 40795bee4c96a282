// A slider over months with a button that plays: arrow keys, Home, End and Page keys are the slider's own.
import { fresh_id } from '../controls';
import { h } from '../dom';

export interface Scrubber {
  element: HTMLElement;
  position(): number;
  move(position: number): void;
  /** Shows what the position means, in words. */
  describe(shown: string, spoken: string): void;
}

const step_ms = 160;

function still(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** A scrubber over `count` positions, at the last at first; `changed` is called with every new position. */
export function scrubber(label: string, count: number, changed: (position: number) => void): Scrubber {
  const id = fresh_id('scrub');
  const range = h('input', { type: 'range', id, min: 0, max: count - 1, step: 1, value: count - 1, class: 'scrub', on: { input: () => { stop(); at(Number(range.value)); } } });
  const output = h('output', { for: id, class: 'scrub-value' });
  const words = h('span', { 'aria-hidden': 'true' });
  let timer = 0;
  const button = h('button', { type: 'button', class: 'plain-button play', on: { click: () => (still() ? step() : timer ? stop() : play()) } }, words);
  function name(text: string): void {
    words.textContent = text;
    button.setAttribute('aria-label', text === 'Play' ? 'Play the months' : text === 'Pause' ? 'Pause' : 'One month on');
  }
  function at(position: number): void {
    range.value = String(position);
    changed(position);
  }
  function stop(): void {
    clearInterval(timer);
    timer = 0;
    name(still() ? 'Step' : 'Play');
  }
  function step(): void {
    const next = Number(range.value) + 1;
    at(next < count ? next : 0);
  }
  function play(): void {
    if (Number(range.value) >= count - 1) at(0);
    name('Pause');
    timer = window.setInterval(() => (Number(range.value) >= count - 1 ? stop() : step()), step_ms);
  }
  stop();
  return {
    element: h('div', { class: 'scrubber' }, button, h('label', { for: id, class: 'sr' }, label), range, output),
    position: () => Number(range.value),
    move: (position) => { stop(); at(Math.max(0, Math.min(count - 1, position))); },
    describe(shown, spoken) {
      output.textContent = shown;
      range.setAttribute('aria-valuetext', spoken);
    },
  };
}
