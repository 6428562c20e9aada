const KEY = 'plumbline-demo-person';

/** The id of the person chosen in this browser tab. */
export function chosenPerson(): string | undefined {
  return window.sessionStorage.getItem(KEY) ?? undefined;
}

/** Keeps the choice until the tab is closed or the person signs out. */
export function rememberPerson(id: string): void {
  window.sessionStorage.setItem(KEY, id);
}

export function forgetPerson(): void {
  window.sessionStorage.removeItem(KEY);
}
