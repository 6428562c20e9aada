import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How a role was asked for. */
export interface RoleRequest {
  /** Whose key the request is signed with. */
  accessKeyId?: string;
  region?: string;
  /** As it was sent. */
  parameters: Record<string, string>;
}

/** As much of STS as taking on a role needs. Its roles trust whoever names the external id. */
export class StsEndpoint {
  static async start(options: {
    externalId: string;
    /** Of the credentials of a role. */
    accessKeyId: string;
  }): Promise<StsEndpoint> {
    const requests: RoleRequest[] = [];
    const http = createServer(async (request, response) => {
      const [, accessKeyId, region] =
        /Credential=([^/]+)\/\d{8}\/([\w-]+)\/sts\//.exec(
          request.headers.authorization ?? '',
        ) ?? [];
      const parameters = Object.fromEntries(
        new URLSearchParams(await text(request)),
      );
      requests.push({ accessKeyId, region, parameters });
      const trusted = parameters.ExternalId === options.externalId;
      response.writeHead(trusted ? 200 : 403, { 'Content-Type': 'text/xml' });
      response.end(
        trusted
          ? credentialsOf(options.accessKeyId)
          : refusalOf(parameters.RoleArn),
      );
    });
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
    return new StsEndpoint(http, requests);
  }

  private constructor(
    private readonly http: Server,
    /** In order. */
    readonly requests: RoleRequest[],
  ) {}

  get url(): string {
    const { port } = this.http.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise(resolve => this.http.close(resolve));
  }
}

const XMLNS = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

function credentialsOf(accessKeyId: string): string {
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  return `<AssumeRoleResponse ${XMLNS}><AssumeRoleResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function refusalOf(role: string): string {
  return `<ErrorResponse ${XMLNS}><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::999999999999:user/backstage is not authorized to perform: sts:AssumeRole on resource: ${role}</Message></Error></ErrorResponse>`;
}
