/** Fired on `window` right before the page is left in a hurry: whoever holds secrets wipes them. */
export const LEAVING = 'tinkin-leave';

const PRESSES = 3;
const WITHIN_MS = 2000;

/**
 * Counts presses of Escape: true for the third within two seconds. `now` in milliseconds.
 */
export function escapeCounter(): (now: number) => boolean {
  let presses: number[] = [];
  return (now) => {
    presses = [...presses, now].filter((at) => now - at <= WITHIN_MS);
    if (presses.length < PRESSES) return false;
    presses = [];
    return true;
  };
}

/**
 * Leaves for the neutral page in place of this one: the form is not in the history to come back to. What is on the screen goes first,
 * because the other page may take seconds to arrive.
 */
export function leaveFor(address: string): void {
  window.dispatchEvent(new Event(LEAVING));
  document.title = ' ';
  document.body.replaceChildren();
  location.replace(address);
}

/** Gives the button and the Escape key their work. */
export function armLeaving(button: HTMLAnchorElement): void {
  const address = button.href;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    leaveFor(address);
  });
  const pressed = escapeCounter();
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && pressed(event.timeStamp)) leaveFor(address);
  });
}
