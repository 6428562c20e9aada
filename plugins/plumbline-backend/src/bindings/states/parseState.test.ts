import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseState } from './parseState';

const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';

function state(...resources: object[]): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.9.0',
    outputs: { password: { value: 'hunter2', type: 'string' } },
    resources,
  });
}

function managed(
  type: string,
  attributes: object,
  more: object = {},
): Record<string, unknown> {
  return {
    mode: 'managed',
    type,
    name: 'this',
    instances: [{ attributes, ...more }],
  };
}

describe('parseState', () => {
  it('keeps addresses, types and ids, and nothing else', () => {
    const read = parseState(
      state(
        managed('aws_lambda_function', {
          id: 'checkout',
          arn,
          environment: [{ variables: { TOKEN: 'hunter2' } }],
        }),
        {
          ...managed('azurerm_linux_web_app', {
            id: '/subscriptions/4e8b/resourceGroups/rg/providers/Microsoft.Web/sites/shop',
          }),
          module: 'module.shop["eu"]',
        },
        managed('google_storage_bucket', { id: 'shop-assets' }),
        managed(
          'google_compute_instance',
          { id: 'projects/p/zones/z/instances/n' },
          { index_key: 2 },
        ),
        managed(
          'aws_instance',
          { id: 'i-0d3650a23f4e45dc0' },
          { index_key: 'a' },
        ),
      ),
    );
    expect(read).toEqual({
      resources: [
        {
          address: 'aws_lambda_function.this',
          type: 'aws_lambda_function',
          id: arn,
        },
        {
          address: 'module.shop["eu"].azurerm_linux_web_app.this',
          type: 'azurerm_linux_web_app',
          id: '/subscriptions/4e8b/resourceGroups/rg/providers/Microsoft.Web/sites/shop',
        },
        {
          address: 'google_compute_instance.this[2]',
          type: 'google_compute_instance',
          id: 'projects/p/zones/z/instances/n',
        },
        {
          address: 'aws_instance.this["a"]',
          type: 'aws_instance',
          id: 'i-0d3650a23f4e45dc0',
        },
      ],
    });
  });

  it('drops what is not managed, no cloud’s, or might be a secret', () => {
    expect(
      parseState(
        state(
          { ...managed('aws_lambda_function', { arn }), mode: 'data' },
          managed('random_password', { id: 'hunter2-0123456789abcdef0' }),
          managed('random_string', { id: 'i-0d3650a23f4e45dc0' }),
          managed('aws_iam_access_key', { id: 'AKIAIOSFODNN7EXAMPLE' }),
          managed('aws_ssm_parameter', { id: '/prod/password' }),
          managed('aws_lambda_function', { arn: null, id: 7 }),
          { mode: 'managed', type: 'aws_s3_bucket', name: 'gone' },
          managed('tls_private_key', { id: 'arn:aws:x:y:z:hunter2' }),
        ),
      ),
    ).toEqual({ resources: [] });
  });

  it.each([
    ['hunter2 is no JSON', /is no JSON/],
    ['[]', /no state file/],
    ['{"format_version":"1.2","planned_values":{}}', /no state file/],
    [JSON.stringify({ version: 3, modules: [] }), /version 3/],
    [state({ type: 5 }), /no state file/],
  ])('says what is wrong with %s, and quotes nothing of it', (text, reason) => {
    const read = parseState(text);
    expect('problem' in read && read.problem).toMatch(reason);
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  const folder = process.env.PLUMBLINE_TERRAFORM_DATA;
  const files = folder
    ? readdirSync(folder).filter(file => file.endsWith('.tfstate'))
    : [];
  // Real states are not ours to ship: PLUMBLINE_TERRAFORM_DATA names a folder of them.
  it('reads states of real applies', () => {
    const counts = files.map(file => {
      const text = readFileSync(path.join(folder as string, file), 'utf8');
      const read = parseState(text);
      if ('problem' in read) {
        throw new Error(`${file} ${read.problem}`);
      }
      for (const { id, type, address } of read.resources) {
        expect(id).toMatch(/^(arn:aws|\/subscriptions\/|projects\/|[a-z]+-)/);
        expect(address).toContain(type);
      }
      return read.resources.length;
    });
    expect(counts.filter(count => count > 0).length).toBeGreaterThanOrEqual(
      files.length / 2,
    );
  });
});
