import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  plumblineSourcesExtensionPoint,
  type CostSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import focusModule from './index';
import { collect, line, writeLines } from './__testUtils__/fixtures';

const dir = createMockDirectory();

it('adds each configured export to the sources', async () => {
  await writeLines(dir.path, 'export.csv', [line]);
  const sources: CostSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        plumblineSourcesExtensionPoint,
        { addCostSource: (source: CostSource) => void sources.push(source) },
      ],
    ],
    features: [
      focusModule,
      mockServices.rootConfig.factory({
        data: {
          plumbline: {
            focus: {
              exports: [
                { name: 'local', title: 'Local bill', path: dir.path },
                { name: 'aws', s3: { bucket: 'b', region: 'eu-west-1' } },
              ],
            },
          },
        },
      }),
    ],
  });
  await backend.stop();
  expect(sources.map(({ id, title }) => [id, title])).toEqual([
    ['focus:local', 'Local bill'],
    ['focus:aws', 'Billing export aws'],
  ]);
  expect(Object.keys(await collect(sources[0]))).toEqual(['2026-09']);
});
