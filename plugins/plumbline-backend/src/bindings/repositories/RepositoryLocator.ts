import type { Config } from '@backstage/config';
import {
  ScmIntegrations,
  type ScmIntegration,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { urlLayouts } from './urlLayouts';

/** A place in a repository. */
export interface RepositoryPlace {
  host: string;
  /** `owner/name`, with groups in between where the host has them. */
  repository: string;
  /** Branch, tag or commit, where the URL says one. */
  ref?: string;
  /** Without slashes at its ends; empty for the root. */
  path: string;
}

/** Why a URL leads to no repository: a sentence with what to do. */
export interface NoPlace {
  reason: string;
}

/**
 * Understands URLs of repositories on the Git hosts the operator configured, and no others.
 *
 * @internal
 */
export class RepositoryLocator {
  readonly #integrations: ScmIntegrationRegistry;

  static fromConfig(config: Config): RepositoryLocator {
    return new RepositoryLocator(ScmIntegrations.fromConfig(config));
  }

  private constructor(integrations: ScmIntegrationRegistry) {
    this.#integrations = integrations;
  }

  /** The hosts it understands, in a stable order: what a stored claim depends on. */
  get hosts(): string[] {
    return this.#integrations
      .list()
      .map(integration => `${integration.type}:${integration.title}`)
      .sort();
  }

  /** Takes the URL of a file, a folder or a repository apart. */
  locate(url: string): RepositoryPlace | NoPlace {
    const given = URL.canParse(url) ? new URL(url) : undefined;
    // A host stands in other addresses as well, and one that runs as a script would end up in links.
    const parsed =
      given && /^https?:$/.test(given.protocol) ? given : undefined;
    const integration = parsed && this.#integrations.byUrl(parsed);
    if (!parsed || !integration) {
      return {
        reason: parsed
          ? `The host ${parsed.host} is not among the integrations of this portal; ask its operator to add it.`
          : 'This is no URL; write it as url:https://host/owner/repository/tree/branch/folder/.',
      };
    }
    const layout = urlLayouts[integration.type];
    if (!layout) {
      return {
        reason: `Repositories on hosts of type ${integration.type} cannot be linked yet.`,
      };
    }
    const place = layout.parse(parsed);
    return place
      ? { host: parsed.host.toLowerCase(), ...place }
      : {
          reason: `The URL leads to no repository on ${parsed.host}; copy the address of the folder from its web page.`,
        };
  }

  /** The GitHub host that a bare `owner/name` is meant on: the preferred one, else the first configured one. */
  githubHost(preferred?: string): string {
    const hosts = this.#integrations.github
      .list()
      .map(({ config }) => config.host);
    return preferred && hosts.includes(preferred) ? preferred : hosts[0];
  }

  /** Where a file in the root of a repository's default branch is read. */
  rootFileUrl(
    place: { host: string; repository: string },
    file: string,
  ): string | undefined {
    const integration = this.#integrations.byHost(place.host);
    const layout = integration && urlLayouts[integration.type];
    return layout?.rootFile(
      `${protocolOf(integration)}//${place.host}`,
      place.repository,
      file,
    );
  }
}

/** One spelling per repository: hosts and names are compared without case. */
export function repositoryKey(place: {
  host: string;
  repository: string;
}): string {
  return `${place.host}/${place.repository}`.toLowerCase();
}

// From the operator's configuration, not from the claim: a claim must not turn https into http.
function protocolOf(integration: ScmIntegration | undefined): string {
  const config: unknown =
    integration && 'config' in integration ? integration.config : undefined;
  const { baseUrl, apiBaseUrl } = (config ?? {}) as {
    baseUrl?: string;
    apiBaseUrl?: string;
  };
  const url = baseUrl ?? apiBaseUrl;
  return url && URL.canParse(url) ? new URL(url).protocol : 'https:';
}
