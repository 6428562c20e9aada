/** What a failed call means for the person who looks at the page. */
export interface FailureExplained {
  kind: 'not-visible' | 'signed-out' | 'unreachable' | 'failed';
  title: string;
  description: string;
}

function statusOf(error: Error): number | undefined {
  if ('statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return { NotFoundError: 404, NotAllowedError: 403, AuthenticationError: 401 }[
    error.name
  ];
}

/**
 * Explains a failed call.
 *
 * @param what - what could not be loaded, as in `the costs of this entity`
 */
export function explainFailure(error: Error, what: string): FailureExplained {
  const status = statusOf(error);
  if (status === 404 || status === 403) {
    return {
      kind: 'not-visible',
      title: 'Not visible to you, or not known yet',
      description:
        'Plumbline reads the catalog every few minutes, so a new entity takes a moment to appear. If this one is not new, you may not look at it: its owner can say why.',
    };
  }
  if (status === 401) {
    return {
      kind: 'signed-out',
      title: `Your sign-in has ended, so ${what} could not be loaded`,
      description: 'Reload the page and sign in again.',
    };
  }
  if (status === undefined && error.name === 'TypeError') {
    return {
      kind: 'unreachable',
      title: `${capital(what)} could not be loaded`,
      description:
        'The portal did not answer. Check your connection, then try again.',
    };
  }
  return {
    kind: 'failed',
    title: `${capital(what)} could not be loaded`,
    description: `${sentence(
      error.message,
    )} Try again; if it stays, tell the people who run this portal.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
