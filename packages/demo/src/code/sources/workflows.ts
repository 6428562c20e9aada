import { IacEngine } from '../../company';
import { Files, lines } from '../text';

const checkoutPinned =
  'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const setupNodePinned =
  'actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0';

const deploySteps: Record<IacEngine, string[]> = {
  terraform: [
    '      - uses: hashicorp/setup-terraform@v3',
    '      - run: terraform init',
    '      - run: terraform apply -auto-approve -var-file=env/prod.tfvars',
  ],
  sam: [
    '      - uses: aws-actions/setup-sam@v2',
    '      - run: sam build',
    '      - run: sam deploy --config-env prod --no-confirm-changeset',
  ],
  pulumi: [
    '      - uses: pulumi/actions@v6',
    '        with:',
    '          command: up',
    '          stack-name: prod',
  ],
};

/**
 * A repository's GitHub workflows.
 *
 * @param pinned - whether the people who keep it pin actions to a commit
 */
export function workflowFiles(options: {
  engine: IacEngine;
  pinned: boolean;
  /** Folder that the deployment runs in. */
  folder?: string;
}): Files {
  const checkout = options.pinned ? checkoutPinned : 'actions/checkout@v4';
  const setupNode = options.pinned ? setupNodePinned : 'actions/setup-node@v4';
  return {
    '.github/workflows/ci.yaml': lines(
      'name: CI',
      '',
      'on:',
      '  pull_request:',
      '  push:',
      '    branches: [main]',
      '',
      ...(options.pinned ? ['permissions:', '  contents: read', ''] : []),
      'jobs:',
      '  test:',
      '    runs-on: ubuntu-24.04',
      '    steps:',
      `      - uses: ${checkout}`,
      `      - uses: ${setupNode}`,
      '        with:',
      '          node-version: 22',
      '      - run: npm ci',
      '      - run: npm test',
    ),
    '.github/workflows/deploy.yaml': lines(
      'name: Deploy',
      '',
      'on:',
      '  push:',
      '    branches: [main]',
      '',
      'permissions:',
      '  contents: read',
      '  id-token: write',
      '',
      'jobs:',
      '  deploy:',
      '    runs-on: ubuntu-24.04',
      '    environment: prod',
      ...(options.folder
        ? [
            '    defaults:',
            '      run:',
            `        working-directory: ${options.folder}`,
          ]
        : []),
      '    steps:',
      `      - uses: ${checkout}`,
      '      - uses: aws-actions/configure-aws-credentials@v4',
      '        with:',
      '          role-to-assume: ${{ vars.DEPLOY_ROLE }}',
      '          aws-region: eu-central-1',
      ...deploySteps[options.engine],
      ...(options.pinned
        ? []
        : [
            '      - uses: rtCamp/action-slack-notify@master',
            '        if: failure()',
          ]),
    ),
  };
}
